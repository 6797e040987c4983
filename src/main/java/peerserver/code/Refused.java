package peerserver.code;

import clojure.lang.IMeta;
import clojure.lang.IPersistentMap;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import peerserver.wire.Anomaly;
import peerserver.wire.AnomalyException;
import peerserver.wire.Category;

/** What a caller is told whose form is refused. */
final class Refused {

    private static final int LONGEST = 100;

    private Refused() {}

    /** {@code forbidden}, for what would run code that is not allowed. */
    static AnomalyException code(@Nullable Object named) {
        return Anomaly.of(
                        Category.FORBIDDEN,
                        "The code of this access key is confined and may not use " + text(named)
                                + "; the server's operator can allow it")
                .exception();
    }

    /** {@code incorrect}, for what no documented form has in that place. */
    static AnomalyException form(@Nullable Object form, String place) {
        return AnomalyException.incorrect("Cannot understand " + text(form) + " in " + place);
    }

    /** Refuses metadata: the engines compile it with the form that has it. */
    static void metadata(@Nullable Object form) {
        IPersistentMap meta = form instanceof IMeta carrier ? carrier.meta() : null;
        if (meta != null && meta.count() > 0) {
            throw code("metadata " + text(meta));
        }
    }

    /** Collections by what they begin with: one may be as large as a request. */
    private static String text(@Nullable Object named) {
        if (named instanceof Map<?, ?> map) {
            return map.isEmpty() ? "{}" : "{" + text(map.keySet().iterator().next()) + " …}";
        }
        if (named instanceof Collection<?> items) {
            return items.isEmpty() ? "()" : "(" + text(items.iterator().next()) + " …)";
        }
        String text = String.valueOf(named);
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    }
}
