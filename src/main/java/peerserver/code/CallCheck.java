package peerserver.code;

import clojure.lang.Keyword;
import clojure.lang.Ratio;
import clojure.lang.Symbol;
import java.net.URI;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Checks calls of functions, and the constants that stand in clauses. */
final class CallCheck {

    /** How many values an aggregate such as {@code rand} may be asked for, all of which are in one cell. */
    private static final int MOST_OF_A_GROUP = 100_000;

    private final AllowedCode allowed;
    private final QueryCheck queries;

    /** @param queries checks the queries in queries */
    CallCheck(AllowedCode allowed, QueryCheck queries) {
        this.allowed = allowed;
        this.queries = queries;
    }

    /** Checks {@code (function argument…)}. */
    void call(List<?> call) {
        Refused.metadata(call);
        if (!call.isEmpty() && call.get(0) instanceof Keyword) {
            constants(call); // it looks itself up
            return;
        }
        if (call.isEmpty() || !(call.get(0) instanceof Symbol function)) {
            throw Refused.code(call);
        }
        Refused.metadata(function);
        List<?> arguments = call.subList(1, call.size());
        if (Names.isCalled(function, "q")) {
            nestedQuery(arguments);
        } else if (allowed.isConfigured(function)) {
            arguments.forEach(this::argumentOfConfigured);
        } else if (PureFunctions.OF_SOURCES.contains(function.toString())) {
            arguments.forEach(this::argumentWithSource);
        } else if (isPure(function, arguments)) {
            constants(arguments);
        } else {
            throw Refused.code(function);
        }
    }

    private boolean isPure(Symbol function, List<?> arguments) {
        String name = function.toString();
        return PureFunctions.OF_QUERIES.contains(name)
                || PureFunctions.METHODS.contains(name)
                || isPureClojure(function, arguments);
    }

    private boolean isPureClojure(Symbol function, List<?> arguments) {
        return allowed.isPure(function) && PureFunctions.takes(function.getName(), arguments);
    }

    /** Checks {@code (aggregate argument…)} of a {@code :find}. */
    void aggregate(List<?> call) {
        Refused.metadata(call);
        if (call.isEmpty() || !(call.get(0) instanceof Symbol function)) {
            throw Refused.code(call);
        }
        Refused.metadata(function);
        List<?> arguments = call.subList(1, call.size());
        if (allowed.isConfigured(function)) {
            arguments.forEach(this::argumentWithSource);
            return;
        }
        if (!PureFunctions.AGGREGATES.contains(function.toString()) && !isPureClojure(function, arguments)) {
            throw Refused.code(function);
        }
        constants(arguments);
        if (arguments.size() > 1
                && PureFunctions.YIELDING.contains(function.toString())
                && !(arguments.get(0) instanceof Long most && most <= MOST_OF_A_GROUP)) {
            throw Refused.code(function + " of more than " + MOST_OF_A_GROUP);
        }
    }

    private void argumentWithSource(@Nullable Object argument) {
        if (Names.isSource(argument)) {
            Names.checkHint(argument);
        } else {
            constant(argument);
        }
    }

    /** What operators have allowed may be given functions, too: such as are allowed themselves. */
    private void argumentOfConfigured(@Nullable Object argument) {
        if (argument instanceof Symbol function
                && !Names.isVariable(function)
                && (allowed.isConfigured(function) || allowed.isPure(function))) {
            Refused.metadata(function);
        } else {
            argumentWithSource(argument);
        }
    }

    private void nestedQuery(List<?> arguments) {
        if (arguments.isEmpty() || !isQuoted(arguments.get(0))) {
            throw Refused.code("q with a query that is not quoted");
        }
        List<?> inputs = arguments.subList(1, arguments.size());
        queries.nested(quoted(arguments.get(0)), inputs);
        for (Object input : inputs) {
            if (!isQuoted(input)) {
                argumentWithSource(input);
            }
        }
    }

    /** Whether it is {@code (quote form)}. */
    static boolean isQuoted(@Nullable Object form) {
        return form instanceof List<?> list && list.size() == 2 && Names.isCalled(list.get(0), "quote");
    }

    /** The form in {@code (quote form)}. */
    static @Nullable Object quoted(@Nullable Object form) {
        Refused.metadata(form);
        return form instanceof List<?> list ? list.get(1) : null;
    }

    /** Checks variables, blanks and constants. */
    void constants(Collection<?> forms) {
        for (Object form : forms) {
            constant(form);
        }
    }

    private void constant(@Nullable Object form) {
        if (Names.isVariable(form) || Names.isBlank(form)) {
            Names.checkHint(form);
        } else {
            literal(form);
        }
    }

    /** A constant that has nothing in it to be resolved or called, neither in itself nor in its metadata. */
    private void literal(@Nullable Object form) {
        if (form instanceof Map<?, ?> map) {
            Refused.metadata(map);
            map.forEach((key, value) -> {
                literal(key);
                literal(value);
            });
        } else if (form instanceof clojure.lang.IPersistentVector || form instanceof clojure.lang.IPersistentSet) {
            Refused.metadata(form);
            ((Collection<?>) form).forEach(this::literal);
        } else if (form instanceof Collection<?> || form instanceof Symbol) {
            throw Refused.code(form);
        } else if (!isScalar(form)) {
            throw Refused.form(form, "a clause");
        }
    }

    private static boolean isScalar(@Nullable Object form) {
        return form == null
                || form instanceof String
                || form instanceof Keyword
                || form instanceof Number
                || form instanceof Boolean
                || form instanceof Character
                || form instanceof Date
                || form instanceof UUID
                || form instanceof URI
                || form instanceof Ratio
                || form instanceof byte[];
    }
}
