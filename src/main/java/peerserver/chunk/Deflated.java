package peerserver.chunk;

import java.io.ByteArrayOutputStream;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/** Content that was deflated to take less room; told from what was not by its first byte. */
final class Deflated {

    /** No value of MessagePack, and so no content, begins with this byte. */
    private static final byte MARK = (byte) 0xc1;

    private static final int BUFFER = 4_096;

    private Deflated() {}

    /**
     * The content, deflated.
     *
     * @param level how much time to take for it, one of {@link Deflater}'s
     */
    static byte[] of(byte[] content, int level) {
        Deflater deflater = new Deflater(level, true);
        try {
            deflater.setInput(content);
            deflater.finish();
            ByteArrayOutputStream bytes = new ByteArrayOutputStream(BUFFER);
            bytes.write(MARK);
            byte[] buffer = new byte[BUFFER];
            while (!deflater.finished()) {
                bytes.write(buffer, 0, deflater.deflate(buffer));
            }
            return bytes.toByteArray();
        } finally {
            deflater.end();
        }
    }

    /**
     * The content as it was before it was deflated, if it was.
     *
     * @param most how many bytes it may have; who knows the secret can deflate what has no end, so no more are made
     * @throws DataFormatException when it has more, or was not deflated by this
     */
    static byte[] inflated(byte[] bytes, int most) throws DataFormatException {
        if (bytes.length == 0 || bytes[0] != MARK) {
            return bytes;
        }
        Inflater inflater = new Inflater(true);
        try {
            inflater.setInput(bytes, 1, bytes.length - 1);
            ByteArrayOutputStream content = new ByteArrayOutputStream(BUFFER);
            byte[] buffer = new byte[BUFFER];
            while (!inflater.finished()) {
                int count = inflater.inflate(buffer);
                if ((count == 0 && !inflater.finished()) || content.size() + count > most) {
                    throw new DataFormatException();
                }
                content.write(buffer, 0, count);
            }
            return content.toByteArray();
        } finally {
            inflater.end();
        }
    }
}
