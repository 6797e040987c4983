package peerserver.wire;

import java.math.BigDecimal;

/** How much one body may ask of the codecs. The size of a body is for the caller to limit. */
final class Limits {

    /** Collections within collections, tags counting too; the readers of published clients go no deeper. */
    static final int DEPTH = 128;

    /** Characters of one number: parsing takes time that grows with the square of its length. */
    static final int NUMBER_LENGTH = 4_096;

    /** Keys of one map or set that have the same hash, or that nobody counts. */
    static final int SAME_HASHES = 64;

    /**
     * Forms in maps and sets of an EDN text, without the first of each that nobody counts: they may have the same hash, which
     * shows only when they are put in.
     */
    static final int KEYED_FORMS = 10_000;

    private Limits() {}

    /** The anomaly for what is nested too deeply. */
    static AnomalyException tooDeep(int depth) {
        return AnomalyException.incorrect("Data is nested deeper than " + depth + " levels");
    }

    /** The anomaly for an answer that clients could not read. */
    static AnomalyException answerTooDeep() {
        return AnomalyException.incorrect("The answer is nested deeper than " + DEPTH
                + " levels, and clients read no more: ask for fewer, for example by a limit in a pull's recursion");
    }

    /** The anomaly for what becomes too long when it is written. */
    static AnomalyException tooLong(int bytes) {
        return AnomalyException.incorrect("The answer is longer than " + bytes
                + " bytes, which this server allows: ask for less at once, for example by a smaller :chunk");
    }

    /** A decimal, which takes no more digits to write out than its text may have: arithmetic writes them out. */
    static BigDecimal decimal(String text) {
        BigDecimal decimal;
        try {
            decimal = new BigDecimal(number(text));
        } catch (NumberFormatException e) {
            throw AnomalyException.incorrect("Malformed decimal");
        }
        if (Math.abs((long) decimal.scale()) > NUMBER_LENGTH) {
            throw AnomalyException.incorrect("A decimal has an exponent beyond " + NUMBER_LENGTH);
        }
        return decimal;
    }

    /** Checks a number's text. */
    static String number(String text) {
        if (text.length() > NUMBER_LENGTH) {
            throw AnomalyException.incorrect("A number is longer than " + NUMBER_LENGTH + " characters");
        }
        return text;
    }
}
