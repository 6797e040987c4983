package peerserver.form;

import clojure.lang.Symbol;
import org.jspecify.annotations.Nullable;

/** One element of a query's {@code :find}. */
public sealed interface FindElement {

    /** The element as it stands in the query. */
    Object form();

    /** A variable, or an aggregate or anything else that the engine answers as it stands. */
    record Column(Object form) implements FindElement {}

    /**
     * A pull expression, {@code (pull $src ?e pattern)}.
     *
     * @param form the expression itself
     * @param source the name of its database among the query's inputs, {@code $} when none was given
     * @param variable the variable whose entity is pulled
     * @param pattern the selector itself, or null when an input carries it
     * @param patternInput the name of the input that carries the selector, or null when it is literal
     */
    record Pull(
            Object form,
            Symbol source,
            Symbol variable,
            @Nullable Object pattern,
            @Nullable Symbol patternInput) implements FindElement {}
}
