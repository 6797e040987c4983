package peerserver.launch;

/**
 * One {@code -a KEY,SECRET} of the command line.
 *
 * @param key what clients name themselves by, not empty and without {@code \}
 * @param secret what they sign with, not empty
 */
record AccessKey(String key, String secret) {

    /** As the application has it. */
    private static final int LONGEST = 256;

    /** Reads {@code KEY,SECRET}; the secret is everything after the first comma. */
    static AccessKey parse(String argument) throws Refusal {
        int comma = argument.indexOf(',');
        if (comma <= 0 || comma == argument.length() - 1) {
            throw Refusal.ofArgument("-a needs KEY,SECRET, neither of them empty");
        }
        String key = argument.substring(0, comma);
        if (key.indexOf('\\') >= 0) {
            throw Refusal.ofArgument("-a: a key cannot contain \\, which stands for / in a signed request");
        }
        if (key.length() > LONGEST || key.isBlank() || !key.chars().allMatch(c -> c >= ' ' && c <= '~')) {
            throw Refusal.ofArgument("-a: a key is made of up to " + LONGEST + " printable ASCII characters");
        }
        return new AccessKey(key, argument.substring(comma + 1));
    }

    @Override
    public String toString() {
        return "AccessKey[" + key + ']';
    }
}
