package peerserver.differential;

/** Generated worlds, of the peer library. */
class GeneratedIT extends Generated {
    GeneratedIT() {
        super(Databases.peerLibrary(), World.ANY);
    }
}
