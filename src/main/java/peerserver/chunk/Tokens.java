package peerserver.chunk;

import clojure.lang.Keyword;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import peerserver.config.IterationConfig;
import peerserver.db.Resume;
import peerserver.wire.AnomalyException;
import peerserver.wire.Fields;
import peerserver.wire.TransitCodec;
import peerserver.wire.WireCodec;

/**
 * Makes next-tokens and reads them. A token carries its recipe where it fits; otherwise the part that stays the same all
 * along is kept in the {@link CursorStore}, once for an iteration, and the token carries its id. Thread-safe.
 */
@Singleton
public class Tokens {

    private static final WireCodec CODEC = TransitCodec.msgpack();
    private static final Keyword KIND = Keyword.intern("kind");
    private static final Keyword OWNER = Keyword.intern("owner");
    private static final Keyword EXPIRES = Keyword.intern("expires");
    private static final Keyword ID = Keyword.intern("id");
    private static final Keyword REQUEST = Keyword.intern("request");
    private static final Keyword ROW = Keyword.intern("row");
    private static final Keyword AFTER = Keyword.intern("after");
    private static final Keyword END = Keyword.intern("end");
    private static final Keyword CHUNK = Keyword.intern("chunk");
    private static final Keyword ITERATION = Keyword.intern("iteration");
    private static final Keyword HANDLE = Keyword.intern("handle");
    private static final Keyword RECIPE = Keyword.intern("recipe");

    private static final Keyword MAKER = Keyword.intern("maker");

    private final CursorStore store;
    private final long validMs;
    private final Clock clock;
    private final Takeovers takeovers;

    /** Keeps large recipes in that store. */
    @Inject
    public Tokens(CursorStore store, IterationConfig config, Clock clock, Takeovers takeovers) {
        this.store = store;
        this.takeovers = takeovers;
        this.validMs = config.tokenMs();
        this.clock = clock;
    }

    /** A token that continues an iteration. */
    public String of(TokenOwner owner, Cursor cursor) {
        Map<Keyword, Object> position = new HashMap<>();
        position.put(ID, cursor.id());
        position.put(ROW, cursor.resume().row());
        position.put(END, cursor.end());
        position.put(CHUNK, cursor.chunk());
        Map<Keyword, Object> recipe = Map.of(REQUEST, cursor.request());
        Object after = cursor.resume().after();
        Map<Keyword, Object> seek = after == null ? Map.of() : Map.of(AFTER, after);

        byte[] content = content(owner, ITERATION, position, recipe, seek);
        if (!TokenSeal.fits(content.length)) {
            if (store.find(owner, cursor.id()) == null) {
                store.keep(owner, cursor.id(), TokenSeal.seal(owner, content(owner, RECIPE, recipe)));
            }
            content = content(owner, ITERATION, position, seek);
        }
        if (!TokenSeal.fits(content.length)) {
            // A value too large to seek by: the rows are counted instead.
            content = content(owner, ITERATION, position);
        }
        return TokenSeal.seal(owner, content);
    }

    /**
     * The cursor of an iteration's token.
     *
     * @throws AnomalyException {@code incorrect} when it is no such token of that owner, or too old
     */
    public Cursor cursor(TokenOwner owner, String token) {
        // Who knows the owner's secret can seal anything: what is read here may be of any kind.
        Fields content = Fields.of(open(owner, ITERATION, token));
        String id = content.requiredString(ID);
        Cursor cursor = new Cursor(
                id,
                content.has(REQUEST) ? request(content) : kept(owner, id),
                new Resume(number(content, ROW, 0, Long.MAX_VALUE), content.value(AFTER)),
                number(content, END, 0, Long.MAX_VALUE),
                (int) number(content, CHUNK, 1, Integer.MAX_VALUE));
        takeovers.continued(content.value(MAKER));
        return cursor;
    }

    /** A token that names a speculative value by some entries of the server's own. */
    public String handle(TokenOwner owner, Map<Keyword, Object> entries) {
        return TokenSeal.seal(owner, content(owner, HANDLE, entries));
    }

    /**
     * The entries of a speculative value's token.
     *
     * @throws AnomalyException {@code incorrect} when it is no such token of that owner, or too old
     */
    public Map<?, ?> handle(TokenOwner owner, String token) {
        return open(owner, HANDLE, token);
    }

    private Map<Keyword, Object> kept(TokenOwner owner, String id) {
        String sealed = store.find(owner, id);
        if (sealed == null) {
            takeovers.missed();
            throw AnomalyException.incorrect("This iteration is too large for its token and is no longer kept on this"
                    + " node; begin it again");
        }
        // A recipe is as old as its iteration; what counts is the age of the token that led here.
        return request(Fields.of(belonging(owner, RECIPE, TokenSeal.openKept(owner, sealed))));
    }

    @SafeVarargs
    private byte[] content(TokenOwner owner, Keyword kind, Map<Keyword, Object>... parts) {
        Map<Keyword, Object> content = new HashMap<>();
        for (Map<Keyword, Object> part : parts) {
            content.putAll(part);
        }
        content.put(KIND, kind);
        content.put(OWNER, owner.name());
        content.put(MAKER, takeovers.maker());
        content.put(EXPIRES, Date.from(clock.instant().plusMillis(validMs)));
        return CODEC.encode(content);
    }

    private Map<?, ?> open(TokenOwner owner, Keyword kind, String token) {
        Map<?, ?> content = belonging(owner, kind, TokenSeal.open(owner, token));
        if (!(content.get(EXPIRES) instanceof Date expires)
                || expires.toInstant().isBefore(clock.instant())) {
            throw AnomalyException.incorrect("The :next-token has expired");
        }
        return content;
    }

    private static Map<?, ?> belonging(TokenOwner owner, Keyword kind, byte[] bytes) {
        if (!(CODEC.decode(bytes) instanceof Map<?, ?> content)
                || !kind.equals(content.get(KIND))
                || !owner.name().equals(content.get(OWNER))) {
            throw AnomalyException.incorrect("The :next-token does not belong here");
        }
        return content;
    }

    private static long number(Fields content, Keyword key, long min, long max) {
        return content.optionalLong(key, min, max)
                .orElseThrow(() -> AnomalyException.incorrect("The :next-token lacks its " + key));
    }

    private static Map<Keyword, Object> request(Fields content) {
        return Fields.of(content.required(REQUEST)).asMap();
    }
}
