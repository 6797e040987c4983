package peerserver.conformance;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** What every suite has: the server it runs against, a client, and a connection to the common database. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
abstract class Conformance {

    final Target target;
    final RealClient client;
    Connection hello;

    Conformance(Target target) {
        this.target = target;
        this.client = target.client();
    }

    @BeforeAll
    final void open() {
        hello = client.connect(Target.HELLO);
        install();
    }

    /** Installs attributes in the common database, as the engine behind it has them. */
    final void schema(String attributes) {
        hello.transactData(Clj.edn(target.engine().schema(attributes)));
    }

    /** Puts the schema and the common data of this suite into place. */
    void install() {}

    /** Lets the clock go on, so that two transactions differ in their instant. */
    static void pause() {
        try {
            Thread.sleep(5);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
