package peerserver.launch;

/** A reason not to start, said in one line that holds no secret. */
final class Refusal extends Exception {

    private final int exitStatus;
    private final String line;

    private Refusal(int exitStatus, String message) {
        super(message, null, false, false);
        this.exitStatus = exitStatus;
        this.line = message;
    }

    /** Something the command line says wrongly. */
    static Refusal ofArgument(String message) {
        return new Refusal(2, message);
    }

    /** Something the machine does not allow. */
    static Refusal ofMachine(String message) {
        return new Refusal(1, message);
    }

    /** What to tell the operator. */
    String line() {
        return line;
    }

    /** The exit status of the process: 2 for wrong arguments, 1 for anything else. */
    int exitStatus() {
        return exitStatus;
    }
}
