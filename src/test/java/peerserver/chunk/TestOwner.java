package peerserver.chunk;

import java.util.List;
import java.util.stream.Stream;

/** An owner of tokens who has some secrets. */
record TestOwner(String name, List<TokenKey> tokenKeys) implements TokenOwner {

    static TestOwner of(String name, String... secrets) {
        return new TestOwner(
                name,
                Stream.of(secrets).map(secret -> TokenKey.derive(name, secret)).toList());
    }
}
