package peerserver.code;

import clojure.lang.Keyword;
import clojure.lang.PersistentVector;
import clojure.lang.Symbol;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import peerserver.form.FindElement;
import peerserver.form.QueryForm;
import peerserver.wire.DbValueRef;
import peerserver.wire.EdnCodec;

/** Checks queries, and the rules and selectors among their arguments. */
final class QueryCheck {

    private static final Keyword FIND = Keyword.intern(null, "find");
    private static final Keyword WITH = Keyword.intern(null, "with");
    private static final Keyword IN = Keyword.intern(null, "in");
    private static final Keyword WHERE = Keyword.intern(null, "where");
    private static final Keyword TIMEOUT = Keyword.intern(null, "timeout");

    private final CallCheck calls;
    private final ClauseCheck clauses;
    private final SelectorCheck selectors;

    QueryCheck(AllowedCode allowed) {
        this.calls = new CallCheck(allowed, this);
        this.clauses = new ClauseCheck(calls);
        this.selectors = new SelectorCheck(allowed);
    }

    /**
     * Checks a query with its arguments.
     *
     * @return the arguments, rules and selectors that came as text parsed: what was checked is what is to be run
     */
    List<@Nullable Object> query(QueryForm query, List<?> args) {
        sections(query);
        List<?> inputs = query.inputs();
        Set<Object> patterns = patterns(query);
        List<@Nullable Object> checked = new ArrayList<>(args);
        for (int i = 0; i < Math.min(inputs.size(), args.size()); i++) {
            checked.set(i, argument(inputs.get(i), args.get(i), patterns));
        }
        return checked;
    }

    private @Nullable Object argument(@Nullable Object input, @Nullable Object arg, Set<Object> patterns) {
        if (DbValueRef.isDb(arg) && !Names.isSource(input)) {
            // A function could take it for the map that it is inside.
            throw Refused.code("a database as " + input);
        }
        if (Names.isRules(input)) {
            Object rules = parsed(arg);
            rules(rules);
            return rules;
        }
        if (isPatternName(input) || patterns.contains(input)) {
            Object pattern = parsed(arg);
            selectors.check(pattern);
            return pattern;
        }
        return arg;
    }

    private static @Nullable Object parsed(@Nullable Object arg) {
        return arg instanceof String text ? EdnCodec.readString(text) : arg;
    }

    /** The names that stand for selectors in the pulls of a query. */
    private static Set<Object> patterns(QueryForm query) {
        Set<Object> patterns = new HashSet<>();
        for (FindElement element : query.find()) {
            if (element instanceof FindElement.Pull pull && pull.patternInput() != null) {
                patterns.add(pull.patternInput());
            }
        }
        return patterns;
    }

    private static boolean isPatternName(@Nullable Object input) {
        return input instanceof Symbol && !Names.isVariable(input) && !Names.isSource(input) && !Names.isBlank(input);
    }

    private void rules(@Nullable Object form) {
        if (!(form instanceof List<?> rules)) {
            throw Refused.form(form, "rules");
        }
        Refused.metadata(rules);
        rules.forEach(clauses::rule);
    }

    /** Checks a query in a query, whose rules and selectors stand beside it or nowhere. */
    void nested(@Nullable Object form, List<?> inputs) {
        Refused.metadata(form);
        if (form instanceof String) {
            throw Refused.code("q with a query that is a text");
        }
        checkSectionsAreNamedOnce(form);
        QueryForm query = QueryForm.parseNested(form);
        sections(query);
        for (Object pattern : patterns(query)) {
            if (!isPatternName(pattern)) {
                throw Refused.code("q with " + pattern + " in the place of a selector");
            }
        }
        List<?> names = query.inputs();
        for (int i = 0; i < inputs.size(); i++) {
            Object name = i < names.size() ? names.get(i) : null;
            Object input = inputs.get(i);
            boolean quoted = CallCheck.isQuoted(input);
            if (Names.isSource(input) && !Names.isSource(name)) {
                throw Refused.code("q with a database as " + name);
            }
            if (Names.isRules(name) && quoted) {
                rules(CallCheck.quoted(input));
            } else if (isPatternName(name) && (quoted || input instanceof List)) {
                selectors.check(quoted ? CallCheck.quoted(input) : input);
            } else if (Names.isRules(name) || isPatternName(name) || quoted) {
                throw Refused.code("q with " + (quoted ? "a quoted argument" : "rules that are not quoted"));
            }
        }
    }

    /** Checks what a find specification has beside its elements, which are checked apart: brackets and dots. */
    private static void findSpec(@Nullable Object form) {
        if (form instanceof PersistentVector parts) {
            Refused.metadata(parts);
            ((List<?>) parts).forEach(QueryCheck::findSpec);
        } else if (form instanceof Symbol && !Names.isVariable(form)) {
            Refused.metadata(form);
        }
    }

    /** The engine reads a nested query itself, and which of two sections of one name it takes is not documented. */
    private static void checkSectionsAreNamedOnce(@Nullable Object form) {
        if (form instanceof List<?> list) {
            Set<Object> names = new HashSet<>();
            for (Object item : list) {
                if (item instanceof Keyword && !names.add(item)) {
                    throw Refused.form(item, "a query that has it already");
                }
            }
        }
    }

    private void sections(QueryForm query) {
        for (Object entry : query.sections()) {
            Map.Entry<?, ?> section = (Map.Entry<?, ?>) entry;
            Object name = section.getKey();
            Object content = section.getValue();
            Refused.metadata(content);
            if (FIND.equals(name)) {
                ((List<?>) content).forEach(QueryCheck::findSpec);
                query.find().stream().map(FindElement::form).forEach(this::find);
            } else if (TIMEOUT.equals(name)) {
                calls.constants(content instanceof List<?> list ? list : Collections.singletonList(content));
            } else if (!(content instanceof List<?> list)) {
                throw Refused.form(content, "section " + name);
            } else if (WHERE.equals(name)) {
                clauses.clauses(list);
            } else if (IN.equals(name)) {
                list.forEach(QueryCheck::input);
            } else if (WITH.equals(name)) {
                list.forEach(ClauseCheck::variables);
            } else {
                throw Refused.form(name, "a query");
            }
        }
    }

    private void find(Object element) {
        if (Names.isVariable(element)) {
            Names.checkHint(element);
        } else if (!(element instanceof List<?> call)) {
            throw Refused.form(element, ":find");
        } else if (!call.isEmpty() && Names.isCalled(call.get(0), "pull")) {
            Refused.metadata(call);
            call.subList(1, call.size()).forEach(this::pulled);
        } else {
            calls.aggregate(call);
        }
    }

    /** A source, a variable, a selector or the name of one. */
    private void pulled(@Nullable Object form) {
        if (!(form instanceof Symbol)) {
            selectors.check(parsed(form));
        }
    }

    private static void input(@Nullable Object form) {
        if (!(form instanceof Symbol)) {
            ClauseCheck.binding(form);
        }
    }
}
