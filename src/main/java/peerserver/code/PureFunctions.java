package peerserver.code;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The functions that anybody may call, by the names under which queries know them. None of them takes a function, or what
 * could be one, to call it; none has an effect, and none yields without end.
 */
final class PureFunctions {

    /** What Datomic's query reference documents, and no namespace has. */
    static final Set<String> OF_QUERIES = words("""
            != ground tuple untuple""");

    /** Those of them that take a database or a log. */
    static final Set<String> OF_SOURCES = words("""
            fulltext get-else get-some missing? q tx-data tx-ids""");

    /** The aggregates of Datomic's query reference; in their place, other functions get the values of a group. */
    static final Set<String> AGGREGATES = words("""
            avg count count-distinct distinct max median min rand sample stddev sum variance""");

    /** Those of them that yield as many values as they are told, all of them in one cell. */
    static final Set<String> YIELDING = words("""
            max min rand sample""");

    /** What {@code :xform} of a pull may always name. */
    static final Set<String> XFORMS = words("""
            clojure.edn/read-string keyword name namespace str symbol""");

    /** Of {@code clojure.core}, whose name may be left out. */
    static final Set<String> OF_CORE = words("""
            * *' + +' - -' / < <= = == > >= abs compare dec dec' inc inc' max min mod not not= quot rem
            bit-and bit-and-not bit-clear bit-flip bit-not bit-or bit-set bit-shift-left bit-shift-right bit-test bit-xor
            unsigned-bit-shift-right
            even? neg? neg-int? nat-int? odd? pos? pos-int? zero? NaN? infinite?
            any? associative? boolean? bytes? char? coll? counted? decimal? double? empty? false? float? ident?
            indexed? inst? int? integer? keyword? list? map? map-entry? nil? number? qualified-ident?
            qualified-keyword? qualified-symbol? ratio? rational? reversible? seq? seqable? sequential? set?
            simple-ident? simple-keyword? simple-symbol? some? sorted? string? symbol? true? uri? uuid? vector?
            bigint biginteger boolean byte char denominator double float int long numerator rationalize short
            inst-ms keyword name namespace parse-boolean parse-double parse-long parse-uuid str subs symbol
            array-map hash-map hash-set list list* set sorted-map sorted-set vec vector zipmap
            assoc butlast concat conj cons contains? count disj dissoc distinct distinct? drop drop-last empty ffirst
            find first flatten fnext frequencies get hash identity interleave interpose key keys last merge next nfirst nnext
            not-empty nth nthnext nthrest partition peek pop rest reverse rseq second select-keys seq sort subvec
            take take-last take-nth val vals""");

    /** Of {@code clojure.string}, without those that take a regular expression, which can be made to run for ever. */
    static final Set<String> OF_STRING = words("""
            blank? capitalize ends-with? includes? index-of join last-index-of lower-case replace replace-first reverse
            split-lines starts-with? trim trim-newline triml trimr upper-case""");

    /** Instance methods that do the same whatever object of the data they are called on. */
    static final Set<String> METHODS = words("""
            .after .before .charAt .compareTo .concat .contains .doubleValue .endsWith .equals .equalsIgnoreCase .getTime
            .indexOf .intValue .isBlank .isEmpty .lastIndexOf .length .longValue .startsWith .strip .substring
            .toLowerCase .toUpperCase .trim""");

    /** Classes that a type hint may name. */
    static final Set<String> HINTS = words("""
            String Long Double Float Integer Number Boolean Character Comparable java.lang.String java.lang.Long
            java.lang.Double java.lang.Number java.lang.Boolean java.math.BigDecimal java.math.BigInteger java.util.Date
            java.util.UUID java.net.URI clojure.lang.Keyword clojure.lang.Symbol""");

    private PureFunctions() {}

    /** Whether that function takes those arguments without one that it would call, a comparator, and comes to an end. */
    static boolean takes(String name, List<?> arguments) {
        return switch (name) {
            case "sort" -> arguments.size() == 1;
            // The number of a step, and of what is taken with each: with none they go on for ever.
            case "partition", "take-nth" ->
                arguments.size() >= 2
                        && isPositive(arguments.get(0))
                        && (arguments.size() == 2 || isPositive(arguments.get(1)));
            default -> true;
        };
    }

    private static boolean isPositive(@Nullable Object argument) {
        return argument instanceof Long number && number > 0;
    }

    private static Set<String> words(String text) {
        return Stream.of(text.split("\\s+", -1)).collect(Collectors.toUnmodifiableSet());
    }
}
