package peerserver.db.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import peerserver.db.Resume;
import peerserver.db.Rows;
import peerserver.wire.Datom;
import peerserver.wire.TransitCodec;

/** Rows, read and resumed. */
final class Reading {

    private Reading() {}

    /** Every row, as text that tells apart whatever differs. */
    static List<String> all(Rows rows) {
        List<String> all = new ArrayList<>();
        rows.forEachRemaining(row -> all.add(text(row)));
        return all;
    }

    /** What a token does to the place to resume behind. */
    private static @Nullable Object throughAToken(@Nullable Object last) {
        return last == null
                ? null
                : TransitCodec.msgpack().decode(TransitCodec.msgpack().encode(last));
    }

    /**
     * Asserts that a reading resumed at any row gives exactly the rest of the rows, by counting and by seeking.
     *
     * @return how many rows there are
     */
    static int assertResumesAtEveryRow(String description, Function<Resume, Rows> reading) {
        List<String> all = all(reading.apply(Resume.atRow(0)));
        Rows rows = reading.apply(Resume.atRow(0));
        for (int row = 1; row <= all.size(); row++) {
            Object last = rows.next();
            List<String> rest = all.subList(row, all.size());
            String what = description + " from row " + row;
            assertThat(all(reading.apply(new Resume(row, throughAToken(rows.position(last))))))
                    .as(what)
                    .isEqualTo(rest);
            if (row % 7 == 0) {
                assertThat(all(reading.apply(Resume.atRow(row)))).as(what).isEqualTo(rest);
            }
        }
        assertThat(all(reading.apply(Resume.atRow(all.size() + 5)))).isEmpty();
        return all.size();
    }

    private static String text(@Nullable Object value) {
        if (value instanceof Datom datom) {
            return "#datom[" + text(datom.e()) + text(datom.a()) + text(datom.v()) + text(datom.tx()) + datom.added()
                    + "]";
        }
        if (value instanceof Map<?, ?> map) {
            StringBuilder text = new StringBuilder("{");
            map.forEach((key, item) -> text.append(text(key)).append(text(item)));
            return text.append("}").toString();
        }
        if (value instanceof List<?> items) {
            StringBuilder text = new StringBuilder("[");
            items.forEach(item -> text.append(text(item)));
            return text.append("]").toString();
        }
        if (value instanceof byte[] bytes) {
            return "#bytes " + HexFormat.of().formatHex(bytes) + ' ';
        }
        return value == null ? "nil " : value + ":" + value.getClass().getSimpleName() + ' ';
    }
}
