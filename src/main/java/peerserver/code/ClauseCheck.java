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

    private void clause(@Nullable Object form) {
        if (!(form instanceof List<?> clause) || clause.isEmpty()) {
            throw Refused.form(form, ":where");
        }
        Refused.metadata(clause);
        boolean sourced = Names.isSource(clause.get(0));
        List<?> rest = sourced ? clause.subList(1, clause.size()) : clause;
        if (rest.isEmpty()) {
            throw Refused.form(form, ":where");
        }
        Object head = rest.get(0);
        List<?> following = rest.subList(1, rest.size());
        if (Names.isCalled(head, "not") || Names.isCalled(head, "and") || Names.isCalled(head, "or")) {
            clauses(following);
        } else if (Names.isCalled(head, "not-join") || Names.isCalled(head, "or-join")) {
            join(form, following);
        } else if (head instanceof List<?> call) {
            calls.call(call);
            following.forEach(ClauseCheck::binding);
        } else if (isRuleName(head)) {
            calls.constants(following);
        } else {
            calls.constants(rest);
        }
    }

    private void join(Object form, List<?> following) {
        if (following.isEmpty()) {
            throw Refused.form(form, ":where");
        }
        variables(following.get(0));
        clauses(following.subList(1, following.size()));
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
