package peerserver.differential;

/** Generated worlds, of Datomic Local. */
class LocalGeneratedIT extends Generated {
    LocalGeneratedIT() {
        super(Databases.local(), World.ANY.map(World::withoutIndexes));
    }
}
