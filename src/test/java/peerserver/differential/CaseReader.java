package peerserver.differential;

import clojure.lang.AFn;
import clojure.lang.IPersistentMap;
import clojure.lang.PersistentHashMap;
import clojure.lang.RT;
import clojure.lang.Symbol;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import peerserver.conformance.Clj;

/** Reads the resources of the suite: EDN, with tags for {@link Form}s and for values that EDN has no text for. */
final class CaseReader {

    private static final IPersistentMap READERS = PersistentHashMap.create(
            tag("db"), reader(Form.Db::new),
            tag("eid"), reader(Form.Entity::new),
            tag("eid-of"), reader(Form.Holder::of),
            tag("t"), reader(n -> new Form.T((long) n)),
            tag("tx"), reader(n -> new Form.Tx((long) n)),
            tag("instant"), reader(n -> new Form.Instant((long) n)),
            tag("uri"), reader(text -> URI.create((String) text)),
            tag("bytes"), reader(hex -> HexFormat.of().parseHex((String) hex)),
            tag("float"), reader(number -> ((Number) number).floatValue()),
            tag("times"), reader(pair -> ((String) RT.nth(pair, 1)).repeat(((Number) RT.nth(pair, 0)).intValue())),
            tag("range"),
                    reader(pair -> RT.vector(numbers((long) RT.nth(pair, 0), (long) RT.nth(pair, 1))
                            .toArray())),
            tag("numbers"), reader(CaseReader::numbers));

    private CaseReader() {}

    /** A section of a list of cases. */
    record Section(String title, List<Case> cases) {}

    /** The sections of a list: a title, then cases, and so on. */
    static List<Section> sections(String resource) {
        List<Section> sections = new ArrayList<>();
        for (Object item : Clj.list(read(resource))) {
            if (item instanceof String title) {
                sections.add(new Section(title, new ArrayList<>()));
            } else {
                sections.get(sections.size() - 1).cases().add(Case.of((Map<?, ?>) item));
            }
        }
        return sections;
    }

    /** The one form in a resource of the suite. */
    static Object read(String resource) {
        try (InputStream in = CaseReader.class.getResourceAsStream("/differential/" + resource)) {
            if (in == null) {
                throw new IllegalArgumentException("no resource " + resource);
            }
            return readText(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Object readText(String text) {
        return Clj.fn("clojure.edn", "read-string").invoke(Clj.mapOf("readers", READERS), text);
    }

    private static Symbol tag(String name) {
        return Symbol.intern(name);
    }

    /** {@code #numbers [attribute from to]}: a transaction with an entity for each number. */
    private static Object numbers(Object form) {
        List<Object> forms = new ArrayList<>();
        numbers((long) RT.nth(form, 1), (long) RT.nth(form, 2)).forEach(n -> forms.add(RT.map(RT.nth(form, 0), n)));
        return RT.vector(forms.toArray());
    }

    private static List<Long> numbers(long from, long to) {
        return LongStream.range(from, to).boxed().toList();
    }

    private static AFn reader(UnaryOperator<Object> read) {
        return new AFn() {
            @Override
            public Object invoke(Object form) {
                return read.apply(form);
            }
        };
    }
}
