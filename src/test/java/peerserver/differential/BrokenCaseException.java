package peerserver.differential;

/** Thrown for a case that asks for what the suite does not have: no outcome, but a mistake in the list. */
final class BrokenCaseException extends RuntimeException {

    private static final long serialVersionUID = 1;

    BrokenCaseException(String message) {
        super(message);
    }
}
