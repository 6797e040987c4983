package peerserver.code;

import clojure.lang.Keyword;
import clojure.lang.Symbol;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Checks the clauses of a query or a rule. An engine takes a list for a vector and the other way round, and makes a
 * function of a clause that begins with a list: its arguments are compiled, however deep they are nested.
 */
final class ClauseCheck {

    private static final String PLACE = "a clause";
    private static final String AND = "and";

    private final CallCheck calls;

    ClauseCheck(CallCheck calls) {
        this.calls = calls;
    }

    /** Checks clauses that follow one another. */
    void clauses(List<?> clauses) {
        for (Object clause : clauses) {
            clause(clause);
        }
    }

    /** Checks clauses of which one or another holds; only here may several stand together in an {@code and}. */
    private void alternatives(List<?> clauses) {
        for (Object clause : clauses) {
            if (clause instanceof List<?> and && !and.isEmpty() && Names.isCalled(and.get(0), AND)) {
                Refused.metadata(and);
                clauses(and.subList(1, and.size()));
            } else {
                clause(clause);
            }
        }
    }

    private void clause(@Nullable Object form) {
        if (!(form instanceof List<?> clause)) {
            throw Refused.form(form, ":where");
        }
        Refused.metadata(clause);
        if (clause.isEmpty()) {
            return;
        }
        boolean sourced = Names.isSource(clause.get(0));
        List<?> rest = sourced ? clause.subList(1, clause.size()) : clause;
        if (rest.isEmpty()) {
            throw Refused.form(form, ":where");
        }
        Object head = rest.get(0);
        List<?> following = rest.subList(1, rest.size());
        if (Names.isCalled(head, AND)) {
            // The engines take it for a call of a rule here, and compile what they take for its arguments.
            throw Refused.code("and outside of or");
        } else if (Names.isCalled(head, "not")) {
            clauses(following);
        } else if (Names.isCalled(head, "or")) {
            alternatives(following);
        } else if (Names.isCalled(head, "not-join")) {
            clauses(joined(form, following));
        } else if (Names.isCalled(head, "or-join")) {
            alternatives(joined(form, following));
        } else if (head instanceof List<?> call) {
            calls.call(call);
            following.forEach(ClauseCheck::binding);
        } else if (isRuleName(head)) {
            calls.constants(following);
        } else {
            calls.constants(rest);
        }
    }

    /** The clauses of a join, after its variables. */
    private static List<?> joined(Object form, List<?> following) {
        if (following.isEmpty()) {
            throw Refused.form(form, ":where");
        }
        variables(following.get(0));
        return following.subList(1, following.size());
    }

    private static boolean isRuleName(Object head) {
        return head instanceof Symbol && !Names.isVariable(head) && !Names.isBlank(head) && !Names.isSource(head);
    }

    /** Checks a rule: its head, then clauses. */
    void rule(@Nullable Object form) {
        if (!(form instanceof List<?> rule) || rule.isEmpty() || !(rule.get(0) instanceof List<?> head)) {
            throw Refused.form(form, "rules");
        }
        Refused.metadata(rule);
        Refused.metadata(head);
        if (head.isEmpty() || !(head.get(0) instanceof Symbol || head.get(0) instanceof Keyword)) {
            throw Refused.form(form, "rules");
        }
        head.subList(1, head.size()).forEach(ClauseCheck::variables);
        clauses(rule.subList(1, rule.size()));
    }

    /** Checks a variable, or a list of such. */
    static void variables(@Nullable Object form) {
        if (form instanceof List<?> list) {
            Refused.metadata(list);
            list.forEach(ClauseCheck::variables);
        } else if (Names.isVariable(form)) {
            Names.checkHint(form);
        } else {
            throw Refused.form(form, "a list of variables");
        }
    }

    /** Checks a binding form. */
    static void binding(@Nullable Object form) {
        if (form instanceof List<?> list) {
            Refused.metadata(list);
            list.forEach(ClauseCheck::binding);
        } else if (form instanceof Symbol symbol
                && (Names.isVariable(form) || Names.isBlank(form) || Names.isCalled(form, "..."))) {
            Names.checkHint(symbol);
        } else {
            throw Refused.form(form, PLACE);
        }
    }
}
