package peerserver.work;

/** How whoever runs the process has it leave, by JMX under the name {@value #NAME}. */
public interface DrainControlMXBean {

    /** Its name. */
    String NAME = "peerserver:type=Drain";

    /** Whether the node is leaving. */
    boolean isDraining();

    /** Has it leave, and returns when it is over; {@link Drain#leave}. */
    void leave() throws InterruptedException;

    /** Returns true when somebody else has had it leave and that is over; {@link Drain#awaitLeave}. */
    boolean awaitLeave() throws InterruptedException;
}
