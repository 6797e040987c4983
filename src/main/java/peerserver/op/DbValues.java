package peerserver.op;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import peerserver.config.RequestConfig;
import peerserver.db.Databases;
import peerserver.db.DbValue;
import peerserver.db.NamedDatabase;
import peerserver.db.ServedDatabase;
import peerserver.db.ServedDatabase.State;
import peerserver.security.Caller;
import peerserver.security.Right;
import peerserver.wire.Anomaly;
import peerserver.wire.AnomalyException;
import peerserver.wire.Category;
import peerserver.wire.DbValueRef;
import peerserver.wire.Fields;
import peerserver.wire.Keys;
import peerserver.work.Workers;

/**
 * Finds the databases and db values that requests refer to, as far as the caller may see them. The one place where a
 * reference becomes a database, so the one place where grants are checked.
 */
@Singleton
public class DbValues {

    private final Databases databases;
    private final SpeculativeValues speculative;
    private final RequestConfig config;
    private final DatabaseTurns turns;
    private final Workers workers;

    @Inject
    DbValues(
            Databases databases,
            SpeculativeValues speculative,
            RequestConfig config,
            DatabaseTurns turns,
            Workers workers) {
        this.databases = databases;
        this.speculative = speculative;
        this.config = config;
        this.turns = turns;
        this.workers = workers;
    }

    /** Every database that the caller may see. */
    public List<ServedDatabase> visibleTo(Caller caller) {
        return databases.all().stream()
                .filter(database -> caller.may(Right.READ, database.name()))
                .toList();
    }

    /** Whether the caller may administer every database that there is. */
    public boolean administersAll(Caller caller) {
        return caller.grants().stream().anyMatch(grant -> grant.rights().contains(Right.ADMIN))
                && databases.all().stream().allMatch(database -> caller.may(Right.ADMIN, database.name()));
    }

    /**
     * The database of that name.
     *
     * @throws AnomalyException {@code not-found} when there is none that the caller may see, {@code forbidden} when the
     *     caller lacks the right or nobody has it, {@code unavailable} while it is not connected
     */
    NamedDatabase named(Caller caller, String name, Right right) {
        return granted(caller, calledByName(caller, name), right, name);
    }

    /** The same once a database that is being connected for the first time has been tried; throws as {@link #named} does. */
    CompletionStage<NamedDatabase> attempted(RequestContext context, String name, Right right) {
        Caller caller = context.caller();
        boolean waits = calledByName(caller, name)
                .filter(database -> database.state() == State.CONNECTING)
                .isPresent();
        if (!waits) {
            return CompletableFuture.completedFuture(named(caller, name, right));
        }
        long wait = context.deadline().remaining(config.basisWaitMs()).toMillis();
        return databases
                .attempted(name)
                .toCompletableFuture()
                .copy()
                .completeOnTimeout(null, wait, TimeUnit.MILLISECONDS)
                .thenApply(tried -> named(caller, name, right));
    }

    /** The database that a reference means, by its id or else by its name; throws as {@link #named} does. */
    NamedDatabase database(RequestContext context, DbValueRef ref, Right right) {
        Caller caller = context.caller();
        String id = ref.databaseId();
        String name = ref.dbName();
        if (id == null) {
            if (name == null) {
                throw AnomalyException.incorrect("Expected a string for " + Keys.DATABASE_ID);
            }
            return named(caller, name, right);
        }
        Optional<ServedDatabase> found = context.continues() ? databases.openWithId(id) : databases.withId(id);
        if (found.isEmpty() && name != null) {
            // A database that is not connected has no id yet: say so instead of denying it.
            found = calledByName(caller, name).filter(database -> database.database() == null);
        }
        return granted(caller, found, right, name == null ? id : name);
    }

    /**
     * The database that a transaction is for, as {@link #database}.
     *
     * @throws AnomalyException also {@code busy} when too many of the kind have come
     */
    NamedDatabase toTransact(RequestContext context, DbValueRef ref) {
        NamedDatabase database = database(context, ref, Right.WRITE);
        turns.count(database.databaseId());
        return database;
    }

    /** Who may not see a database has nothing looked up for it, which would take time that tells. */
    private Optional<ServedDatabase> calledByName(Caller caller, String name) {
        return caller.may(Right.READ, name) ? databases.named(name) : Optional.empty();
    }

    private static NamedDatabase granted(Caller caller, Optional<ServedDatabase> found, Right right, String calledFor) {
        ServedDatabase database = found.filter(candidate -> caller.may(Right.READ, candidate.name()))
                .orElseThrow(() -> Anomaly.of(Category.NOT_FOUND, "Database not found: " + calledFor)
                        .exception());
        if (!caller.may(right, database.name())) {
            throw forbidden("This access key may not do that on database " + database.name());
        }
        if (right != Right.READ && database.resource().readOnly()) {
            throw forbidden("Database " + database.name() + " is served for reading only");
        }
        return database.connected();
    }

    private static AnomalyException forbidden(String message) {
        return Anomaly.of(Category.FORBIDDEN, message).exception();
    }

    /** The db value that a request is against. */
    CompletionStage<DbValue> of(RequestContext context) {
        return of(context, ref(context.request()));
    }

    /**
     * The db value that a reference means, with its time filters; waits for a t that has not arrived, and for the request's
     * turn at the database.
     */
    CompletionStage<DbValue> of(RequestContext context, DbValueRef ref) {
        NamedDatabase database = database(context, ref, Right.READ);
        CompletionStage<DbValue> value = ref.nextToken() == null
                ? inTurn(context, database, unfiltered(context, database, ref))
                : named(context, database, ref.nextToken());
        return value.thenApply(unfiltered -> filtered(unfiltered, ref));
    }

    /** The value of a handle, made again if it is not held; waits as the others do. */
    private CompletionStage<DbValue> named(RequestContext context, NamedDatabase database, String handle) {
        SpeculativeValues.Value value = speculative.named(context, database, handle);
        if (value.held() != null) {
            return inTurn(context, database, CompletableFuture.completedFuture(value.held()));
        }
        long t = Objects.requireNonNull(value.recipe()).basisT();
        return inTurn(context, database, basis(context, database, t))
                .thenApply(basis -> speculative.made(context, value, basis));
    }

    /** The unfiltered value at a t; waits for it where it is to come. */
    private CompletionStage<DbValue> basis(RequestContext context, NamedDatabase database, long t) {
        CompletionStage<DbValue> arrived = t > database.current().basisT()
                ? database.atOrAfter(t, context.deadline().remaining(config.basisWaitMs()))
                : CompletableFuture.completedFuture(database.current());
        return arrived.thenApply(newest -> {
            DbValue basis = database.unfilteredAt(t);
            if (basis == null) {
                throw AnomalyException.incorrect("This server no longer holds the db value at t " + t
                        + " that with-db gave; make a new one with with-db");
            }
            return basis;
        });
    }

    /**
     * A value when the request may read it: who has waited goes on by a hand of its own key, whoever it was that ended the
     * waiting, and not past its deadline.
     */
    private CompletionStage<DbValue> inTurn(
            RequestContext context, NamedDatabase database, CompletionStage<DbValue> value) {
        CompletableFuture<DbValue> come = value.thenCompose(
                        arrived -> turns.take(context, database.databaseId()).thenApply(turn -> arrived))
                .toCompletableFuture();
        CompletableFuture<DbValue> byItsHand = come.isDone()
                ? come
                : come.thenApplyAsync(
                        context::inTime, workers.share(context.caller().name()));
        return byItsHand.thenApply(arrived -> {
            workers.whenReplaced(context.turn()::end);
            return arrived.askedBy(context.caller().name());
        });
    }

    private CompletionStage<DbValue> unfiltered(RequestContext context, NamedDatabase database, DbValueRef ref) {
        Duration wait = context.deadline().remaining(config.basisWaitMs());
        if (ref.t() != null) {
            return database.at(ref.t(), wait);
        }
        DbValue current = database.current();
        return ref.nextT() == null
                ? CompletableFuture.completedFuture(current)
                : before(ref.nextT(), current, database, wait);
    }

    /** The value whose next transaction has at least that t. Waits for the t before it where the value is to come. */
    private static CompletionStage<DbValue> before(long nextT, DbValue current, NamedDatabase database, Duration wait) {
        if (current.nextT() < nextT) {
            return database.at(nextT - 1, wait);
        }
        return CompletableFuture.completedFuture(current.nextT() == nextT ? current : current.asOf(nextT - 1));
    }

    private static DbValue filtered(DbValue value, DbValueRef ref) {
        DbValue filtered = value;
        if (ref.asOf() != null) {
            filtered = filtered.asOf(ref.asOf());
        }
        if (ref.since() != null) {
            filtered = filtered.since(ref.since());
        }
        return ref.history() ? filtered.history() : filtered;
    }

    /** The newest value at or after the t of the request; waits for it. */
    CompletionStage<DbValue> newest(RequestContext context, NamedDatabase database) {
        Long t = ref(context.request()).t();
        return inTurn(
                context,
                database,
                t == null
                        ? CompletableFuture.completedFuture(database.current())
                        : database.atOrAfter(t, context.deadline().remaining(config.basisWaitMs())));
    }

    /**
     * A reference that means the same later on: fixed at the newest t of its database when it names none, and at the
     * database that has its name now. Checks that the caller may read the database, whether there is anything to fix or
     * not.
     */
    Fields fixed(RequestContext context, Fields reference) {
        DbValueRef ref = ref(reference);
        NamedDatabase database = database(context, ref, Right.READ);
        Fields fixed = ref.databaseId() == null ? reference.with(Keys.DATABASE_ID, database.databaseId()) : reference;
        return ref.t() != null || ref.nextT() != null || ref.nextToken() != null
                ? fixed
                : fixed.with(Keys.T, database.current().basisT());
    }

    private static DbValueRef ref(Fields request) {
        return DbValueRef.from(request.asMap());
    }
}
