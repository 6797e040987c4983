package peerserver.work;

/** Whether a request is taken on, and if not, what it has too much of. */
public enum Admission {
    /** It has its place. */
    IN("admitted", ""),
    /** The key has used up its requests a second. */
    KEY_TOO_FAST("key-per-second", "This access key sends more requests a second than the server allows it"),
    /** The key has as many requests at work and waiting as it may. */
    KEY_FULL("key-waiting", "This access key has too many requests at once"),
    /** All that the key may have at work cannot be ended. */
    KEY_OVERDUE(
            "key-overdue",
            "All that this access key may have at work goes on past its time, and this server cannot end it"),
    /** Nobody may have more requests waiting. */
    HOUSE_FULL("queue", "The server has too many requests at once"),
    /** The heap is full. */
    HEAP_FULL("heap", "The server is short of memory"),
    /** The server takes nothing more on, because it is about to end. */
    LEAVING("leaving", "This server is about to end; another one may be there, or this one again in a moment");

    private final String label;
    private final String message;

    Admission(String label, String message) {
        this.label = label;
        this.message = message;
    }

    /** What it is called where it is counted. */
    public String label() {
        return label;
    }

    /** What whoever is refused is told. */
    public String message() {
        return message;
    }
}
