package peerserver.wire;

import clojure.lang.AFn;
import clojure.lang.EdnReader;
import clojure.lang.IPersistentMap;
import clojure.lang.Keyword;
import clojure.lang.RT;
import clojure.lang.Symbol;
import clojure.lang.Var;
import java.io.PushbackReader;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * EDN, for people with curl. Beyond EDN's own tags {@code #uri "…"}, {@code #bytes "base64"} and
 * {@code #datom [e a v tx added]} are known. Nothing that is read is ever evaluated.
 */
public final class EdnCodec implements WireCodec {

    public static final EdnCodec INSTANCE = new EdnCodec();

    private static final Object END = new Object();

    private static final Object OPTIONS = RT.map(
            Keyword.intern(null, "eof"),
            END,
            Keyword.intern(null, "readers"),
            RT.map(
                    EdnForms.URI_TAG,
                    new TagReader(form -> TransitReadHandlers.uri((String) form)),
                    EdnForms.BYTES_TAG,
                    new TagReader(form -> Base64.getDecoder().decode((String) form)),
                    EdnForms.DATOM_TAG,
                    new TagReader(Datom::from),
                    // Clojure's own fails with an Error when the form is not a string.
                    Symbol.intern("uuid"),
                    new TagReader(form -> TransitReadHandlers.uuid((String) form))),
            Keyword.intern(null, "default"),
            new UnknownTag());

    private static final Var PR_STR = RT.var("clojure.core", "pr-str");

    /** What the printer depends on, whatever the process or thread has set. */
    private static final Object BINDINGS = RT.map(
            RT.var("clojure.core", "*print-length*"), null,
            RT.var("clojure.core", "*print-level*"), null,
            RT.var("clojure.core", "*print-namespace-maps*"), false,
            RT.var("clojure.core", "*print-readably*"), true,
            RT.var("clojure.core", "*print-meta*"), false,
            RT.var("clojure.core", "*print-dup*"), false);

    private EdnCodec() {}

    @Override
    public String mediaType() {
        return "application/edn";
    }

    @Override
    public Object decode(byte[] body, int depth) {
        return value("body", text(body), depth);
    }

    private static Object value(String what, String text, int depth) {
        EdnNesting.check(text, depth);
        PushbackReader reader = new PushbackReader(new StringReader(text));
        Object value = read(what, reader, depth);
        if (value == null || value == END) {
            throw AnomalyException.incorrect("The " + what + " holds nothing");
        }
        if (read(what, reader, depth) != END) {
            throw AnomalyException.incorrect("The " + what + " goes on after its value");
        }
        return value;
    }

    /** Reads the one value in a text; throws as {@link #decode(byte[])} does. */
    public static Object readString(String text) {
        return value("text", text, Limits.DEPTH);
    }

    @Override
    public byte[] encode(Object value, int most) {
        Object form = EdnForms.of(value, most);
        Var.pushThreadBindings((clojure.lang.Associative) BINDINGS);
        try {
            byte[] bytes = ((String) PR_STR.invoke(form)).getBytes(StandardCharsets.UTF_8);
            if (bytes.length > most) {
                throw Limits.tooLong(most);
            }
            return bytes;
        } finally {
            Var.popThreadBindings();
        }
    }

    private static String text(byte[] body) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
        } catch (CharacterCodingException e) {
            throw AnomalyException.incorrect("The body is not valid UTF-8");
        }
    }

    private static @Nullable Object read(String what, PushbackReader reader, int depth) {
        try {
            return EdnReader.read(reader, (IPersistentMap) OPTIONS);
        } catch (AnomalyException e) {
            throw e;
        } catch (RuntimeException e) {
            throw AnomalyException.incorrect("The " + what + " is not valid EDN" + reason(e));
        } catch (StackOverflowError e) {
            // The reader found more levels in the text than were counted.
            throw Limits.tooDeep(depth);
        }
    }

    /** What the reader itself says of the text. Other exceptions speak of this program. */
    private static String reason(RuntimeException e) {
        String message = e.getMessage();
        if (e.getClass() != RuntimeException.class || e.getCause() != null || message == null) {
            return "";
        }
        return ": " + message.substring(0, Math.min(message.length(), 200));
    }

    private static final class TagReader extends AFn {
        private final Function<Object, Object> read;

        TagReader(Function<Object, Object> read) {
            this.read = read;
        }

        @Override
        public Object invoke(Object form) {
            return read.apply(form);
        }
    }

    private static final class UnknownTag extends AFn {
        @Override
        public Object invoke(Object tag, Object form) {
            String name = tag.toString();
            throw AnomalyException.incorrect("Unknown tag: " + name.substring(0, Math.min(name.length(), 64)));
        }
    }
}
