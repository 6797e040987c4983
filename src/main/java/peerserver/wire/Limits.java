package peerserver.wire;

/** How much one body may ask of the codecs. The size of a body is for the caller to limit. */
final class Limits {

    /** Collections within collections, tags counting too; the readers of published clients go no deeper. */
    static final int DEPTH = 128;

    /** Characters of one number: parsing takes time that grows with the square of its length. */
    static final int NUMBER_LENGTH = 4_096;

    private Limits() {}

    /** The anomaly for what is nested too deeply. */
    static AnomalyException tooDeep() {
        return AnomalyException.incorrect("Data is nested deeper than " + DEPTH + " levels");
    }

    /** Checks a number's text. */
    static String number(String text) {
        if (text.length() > NUMBER_LENGTH) {
            throw AnomalyException.incorrect("A number is longer than " + NUMBER_LENGTH + " characters");
        }
        return text;
    }
}
