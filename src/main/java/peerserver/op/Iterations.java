package peerserver.op;

import clojure.lang.Keyword;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import peerserver.chunk.Cursor;
import peerserver.chunk.LiveRows;
import peerserver.chunk.Page;
import peerserver.chunk.Tokens;
import peerserver.config.RequestConfig;
import peerserver.db.Resume;
import peerserver.db.Rows;
import peerserver.wire.AnomalyException;
import peerserver.wire.DbValueRef;
import peerserver.wire.Fields;
import peerserver.wire.Keys;

/**
 * Answers rows chunk by chunk. An answer that is not the last carries {@code :chunk}, {@code :next-token} and
 * {@code :next-offset}, the last carries none of them. Between chunks the rows are kept at hand, but nothing depends on
 * it: the token says how to find them again.
 */
@Singleton
public class Iterations {

    private static final int ROWS_BETWEEN_CHECKS = 64;

    private final RequestConfig config;
    private final Tokens tokens;
    private final LiveRows live;

    @Inject
    Iterations(RequestConfig config, Tokens tokens, LiveRows live) {
        this.config = config;
        this.tokens = tokens;
        this.live = live;
    }

    /** Which rows a request wants; what it does not say is configured. */
    Page page(Fields request) {
        return new Page(
                request.longOr(Keys.OFFSET, 0, 0, Long.MAX_VALUE),
                request.longOr(Keys.LIMIT, config.defaultLimit(), -1, Long.MAX_VALUE),
                chunk(request, config.defaultChunk()));
    }

    /** How many rows a request wants at a time. */
    int chunk(Fields request, int otherwise) {
        return (int) Math.min(config.maxChunk(), request.longOr(Keys.CHUNK, otherwise, 1, Long.MAX_VALUE));
    }

    /** The first chunk of a request's rows, and how to get the next. */
    Map<Keyword, Object> first(RequestContext context, Page page, FoundRows found) {
        Cursor cursor = new Cursor(
                UUID.randomUUID().toString(),
                context.request().without(Keys.TIMEOUT).asMap(),
                Resume.atRow(page.offset()),
                page.end(),
                page.chunk());
        Map<Keyword, Object> reply = chunk(context, cursor, found.rows());
        OptionalLong size = found.rows().size();
        if (size.isPresent()) {
            long end = Math.min(size.getAsLong(), page.end());
            reply.put(Keys.COUNT, Math.max(0, end - page.offset()));
        }
        if (!found.metadata().isEmpty()) {
            reply.put(Keys.METADATA, found.metadata());
        }
        return reply;
    }

    /** The cursor of a token that this caller was given. */
    Cursor cursor(RequestContext context, String token) {
        Cursor cursor = tokens.cursor(context.caller(), token, context.session());
        return cursor.inChunksOf(chunk(context.request(), cursor.chunk()));
    }

    /** The rows of an iteration, standing at its next one, if they are at hand. */
    @Nullable Rows atHand(RequestContext context, Cursor cursor) {
        Deadline deadline = context.deadline();
        try {
            return live.take(
                    context.caller(),
                    atHandAs(cursor),
                    cursor.resume().row(),
                    Duration.ofMillis(deadline.remainingMs()));
        } catch (TimeoutException e) {
            throw deadline.exceeded();
        }
    }

    /** The next chunk of rows that stand where the cursor does, and how to get the one after. */
    Map<Keyword, Object> chunk(RequestContext context, Cursor cursor, Rows rows) {
        checkNumber(rows.size());
        long row = cursor.resume().row();
        long wanted = Math.min(cursor.chunk(), cursor.end() - row);
        List<Object> data = new ArrayList<>();
        while (data.size() < wanted && rows.hasNext()) {
            if (data.size() % ROWS_BETWEEN_CHECKS == 0) {
                context.deadline().check();
            }
            data.add(rows.next());
        }
        Map<Keyword, Object> reply = new HashMap<>();
        reply.put(Keys.DATA, data);
        long next = row + data.size();
        if (next < cursor.end() && rows.hasNext()) {
            Cursor following = cursor.at(next, rows.position(data.get(data.size() - 1)));
            reply.put(Keys.CHUNK, (long) cursor.chunk());
            reply.put(Keys.NEXT_OFFSET, next);
            reply.put(Keys.NEXT_TOKEN, tokens.of(context.caller(), following, context.session()));
            live.keep(context.caller(), atHandAs(cursor), rows, next, Math.min(cursor.chunk(), cursor.end() - next));
        }
        return reply;
    }

    private void checkNumber(OptionalLong size) {
        if (size.isPresent() && size.getAsLong() > config.maxRows()) {
            throw AnomalyException.incorrect("The query finds " + size.getAsLong() + " rows; this server allows "
                    + config.maxRows() + ": ask for less, for example by a narrower query or an aggregate");
        }
    }

    /**
     * What rows at hand are found by: the iteration, and what the caller's grants were checked for. A recipe can be forged
     * that names the iteration and another database.
     */
    private static String atHandAs(Cursor cursor) {
        Map<Keyword, Object> request = cursor.request();
        Stream<?> args = request.get(Keys.ARGS) instanceof List<?> list ? list.stream() : Stream.empty();
        return Stream.concat(Stream.of(request), args.filter(DbValueRef::isDb))
                .map(reference -> (Map<?, ?>) reference)
                .map(reference -> reference.get(Keys.DATABASE_ID) + " " + reference.get(Keys.DB_NAME))
                .collect(Collectors.joining(" ", cursor.id() + " " + request.get(Keys.OP) + " ", ""));
    }
}
