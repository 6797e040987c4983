package peerserver.op;

import clojure.lang.Keyword;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import peerserver.chunk.PerOwner;
import peerserver.chunk.Tokens;
import peerserver.config.IterationConfig;
import peerserver.db.Capability;
import peerserver.db.DbValue;
import peerserver.db.NamedDatabase;
import peerserver.db.TransactionReport;
import peerserver.form.TransactionForm;
import peerserver.security.Caller;
import peerserver.wire.AnomalyException;
import peerserver.wire.Category;
import peerserver.wire.Fields;
import peerserver.wire.Keys;

/**
 * The db values that {@code with} can build on, by their handles. The handle of {@code with-db} names a t; the handle of a
 * value that {@code with} made names that value, which is kept on this node, and brings the recipe by which any node that has
 * the database can make it again. Thread-safe.
 */
@Singleton
public class SpeculativeValues {

    private static final Keyword ID = Keyword.intern("id");
    private static final Keyword ALONE = Keyword.intern("alone");
    private static final Set<Category> OF_THE_TRANSACTION =
            Set.of(Category.INCORRECT, Category.CONFLICT, Category.NOT_FOUND, Category.UNSUPPORTED);

    private final Tokens tokens;
    private final CheckedForms forms;
    private final PerOwner<Value> values;
    private final long mostBytes;

    @Inject
    SpeculativeValues(Tokens tokens, CheckedForms forms, IterationConfig config) {
        this.tokens = tokens;
        this.forms = forms;
        this.mostBytes = config.speculativeRecipeBytes();
        int most = config.speculativePerCaller();
        this.values = new PerOwner<>(most, most, Duration.ofMillis(config.idleMs()), value -> 1);
    }

    /**
     * What a handle names.
     *
     * @param id of a speculative value
     * @param held the value, if it is kept on this node
     * @param recipe how to make it, if that is known
     */
    record Value(
            @Nullable String id,
            @Nullable DbValue held,
            @Nullable Speculation recipe) {}

    /** The handle of a value as it stands in the database. */
    String handleOfDurable(Caller caller, DbValue value) {
        return tokens.handle(caller, Map.of(Keys.DATABASE_ID, value.databaseId(), Keys.T, value.basisT()));
    }

    /**
     * Keeps a value made by {@code with}, and gives its handle.
     *
     * @param before the handle of the value that it was made from
     */
    String handleOfSpeculative(
            RequestContext context, String before, TransactionForm transaction, TransactionReport report) {
        Caller caller = context.caller();
        DbValue value = report.dbAfter();
        String id = UUID.randomUUID().toString();
        Map<Keyword, Object> entries = new HashMap<>();
        entries.put(Keys.DATABASE_ID, value.databaseId());
        entries.put(Keys.T, value.basisT());
        entries.put(ID, id);
        Speculation recipe = recipe(context, Fields.of(tokens.handle(caller, before)));
        if (recipe != null) {
            recipe = recipe.and(transaction, report);
        }
        values.put(caller, id, new Value(id, value, recipe));
        if (recipe == null || recipe.bytes() > mostBytes) {
            entries.put(ALONE, true);
            return tokens.handle(caller, entries);
        }
        return tokens.handle(caller, id, entries, recipe.asMap(), context.session());
    }

    /**
     * What a handle names.
     *
     * @throws AnomalyException {@code incorrect} when it is no handle of that caller and database
     */
    Value named(RequestContext context, NamedDatabase database, String handle) {
        Fields entries = Fields.of(tokens.handle(context.caller(), handle));
        if (!database.databaseId().equals(entries.value(Keys.DATABASE_ID))) {
            throw AnomalyException.incorrect("The :next-token is of another database");
        }
        String id = entries.string(ID);
        Value held = id == null ? null : held(context, database, id, entries);
        if (held != null) {
            return held;
        }
        Speculation recipe = recipe(context, entries);
        if (recipe == null) {
            throw AnomalyException.incorrect("The speculative db value is no longer held by this server, and "
                    + (entries.flag(ALONE)
                            ? "its transactions are more than are carried along to make it again"
                            : "the transactions to make it again are kept neither on this node nor in the session that the"
                                    + " request belongs to")
                    + "; make it again from with-db");
        }
        if (id != null && !database.capabilities().contains(Capability.REBASE_WITH)) {
            throw AnomalyException.incorrect(
                    "The speculative db value is no longer held by this server, and cannot be made"
                            + " again on this kind of database; make it again from with-db");
        }
        return new Value(id, null, recipe);
    }

    private @Nullable Value held(RequestContext context, NamedDatabase database, String id, Fields entries) {
        Value value = values.find(context.caller(), id);
        DbValue held = value == null ? null : value.held();
        if (held == null || !held.databaseId().equals(database.databaseId())) {
            return null;
        }
        if (!Speculation.isIn(entries) && !entries.flag(ALONE)) {
            tokens.stays(context.caller(), id, context.session());
        }
        return value;
    }

    /** How to make the value of a handle; null when that is not known any more. */
    private @Nullable Speculation recipe(RequestContext context, Fields entries) {
        String id = entries.string(ID);
        if (id == null) {
            return Speculation.at(entries, Keys.T);
        }
        Value held = values.find(context.caller(), id);
        if (held != null) {
            return held.recipe();
        }
        if (Speculation.isIn(entries)) {
            return Speculation.from(entries);
        }
        if (entries.flag(ALONE)) {
            return null;
        }
        Map<?, ?> kept = tokens.recipe(context.caller(), id, context.session());
        return kept == null ? null : Speculation.from(Fields.of(kept));
    }

    /**
     * A value that is not held, made again from the value at its basis. Its forms are checked as if they came just now, for the
     * caller can have made up the handle; and what they do has to be what they did before.
     *
     * @throws AnomalyException {@code incorrect} when it comes out otherwise, past the deadline, or for forms that the caller
     *     may not use
     */
    DbValue made(RequestContext context, Value value, DbValue basis) {
        DbValue made = basis;
        for (Speculation.Step step : Objects.requireNonNull(value.recipe()).steps()) {
            context.deadline().check();
            made = again(context, step, made);
        }
        if (value.id() != null) {
            values.put(context.caller(), value.id(), new Value(value.id(), made, value.recipe()));
        }
        return made;
    }

    private DbValue again(RequestContext context, Speculation.Step step, DbValue before) {
        forms.checked(context, step.transaction(), before);
        TransactionReport report;
        try {
            report = before.with(step.again(), null);
        } catch (AnomalyException e) {
            throw OF_THE_TRANSACTION.contains(e.anomaly().category())
                    ? otherwise("a transaction fails: " + e.anomaly().message())
                    : e;
        }
        if (Speculation.fingerprint(report) != step.fingerprint()) {
            throw otherwise("a transaction does something else than it did");
        }
        return report.dbAfter();
    }

    private static AnomalyException otherwise(String reason) {
        return AnomalyException.incorrect(
                "The speculative db value is no longer held, and cannot be made again on this node: " + reason
                        + "; make it again from with-db");
    }
}
