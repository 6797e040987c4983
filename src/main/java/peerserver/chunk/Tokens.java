package peerserver.chunk;

import clojure.lang.Keyword;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import org.jspecify.annotations.Nullable;
import peerserver.config.IterationConfig;
import peerserver.db.Resume;
import peerserver.wire.AnomalyException;
import peerserver.wire.Fields;
import peerserver.wire.TransitCodec;
import peerserver.wire.WireCodec;

/**
 * Makes next-tokens and reads them. A token carries its recipe where it fits, deflated if need be; otherwise the part that
 * stays the same all along is kept, once for an iteration, on this node and in the caller's session, and the token carries
 * its id. Thread-safe.
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
    private static final Keyword HANDLE_RECIPE = Keyword.intern("handle-recipe");

    private static final Keyword MAKER = Keyword.intern("maker");

    /** The most bytes that a token stands for once it is inflated: to read those costs no more than a small request. */
    private static final int MOST_IN_TOKEN = 65_536;

    private final KeptRecipes kept;
    private final int mostKept;
    private final long validMs;
    private final Clock clock;
    private final Takeovers takeovers;

    /** Keeps large recipes in that store, and in the sessions of their owners. */
    @Inject
    public Tokens(CursorStore store, IterationConfig config, Clock clock, Takeovers takeovers) {
        this.kept = new KeptRecipes(store);
        this.mostKept = (int) Math.min(config.recipeBytesPerCaller(), Integer.MAX_VALUE);
        this.takeovers = takeovers;
        this.validMs = config.tokenMs();
        this.clock = clock;
    }

    /** A token that continues an iteration. */
    public String of(TokenOwner owner, Cursor cursor, CursorStore session) {
        Map<Keyword, Object> position = new HashMap<>();
        position.put(ID, cursor.id());
        position.put(ROW, cursor.resume().row());
        position.put(END, cursor.end());
        position.put(CHUNK, cursor.chunk());
        Map<Keyword, Object> seeking = new HashMap<>(position);
        Object after = cursor.resume().after();
        if (after != null) {
            seeking.put(AFTER, after);
        }
        byte[] content =
                content(owner, ITERATION, cursor.id(), seeking, RECIPE, Map.of(REQUEST, cursor.request()), session);
        // A value too large to seek by: the rows are counted instead.
        return TokenSeal.seal(owner, content == null ? encoded(owner, ITERATION, position) : content);
    }

    /**
     * The cursor of an iteration's token.
     *
     * @throws AnomalyException {@code incorrect} when it is no such token of that owner, or too old
     */
    public Cursor cursor(TokenOwner owner, String token, CursorStore session) {
        // Who knows the owner's secret can seal anything: what is read here may be of any kind.
        Fields content = Fields.of(open(owner, ITERATION, token));
        String id = content.requiredString(ID);
        Cursor cursor = new Cursor(
                id,
                request(content.has(REQUEST) ? content : keptRequest(owner, id, session)),
                new Resume(number(content, ROW, 0, Long.MAX_VALUE), content.value(AFTER)),
                number(content, END, 0, Long.MAX_VALUE),
                (int) number(content, CHUNK, 1, Integer.MAX_VALUE));
        takeovers.continued(content.value(MAKER));
        return cursor;
    }

    /** A token that names a db value by some entries of the server's own. */
    public String handle(TokenOwner owner, Map<Keyword, Object> entries) {
        return TokenSeal.seal(owner, encoded(owner, HANDLE, entries));
    }

    /**
     * The same with a recipe to make the value by, which is among the entries or else kept.
     *
     * @param id what a recipe that is kept is found by
     */
    public String handle(
            TokenOwner owner,
            String id,
            Map<Keyword, Object> entries,
            Map<Keyword, Object> recipe,
            CursorStore session) {
        byte[] content = content(owner, HANDLE, id, entries, HANDLE_RECIPE, recipe, session);
        return TokenSeal.seal(owner, content == null ? encoded(owner, HANDLE, entries) : content);
    }

    /**
     * The entries of a token that names a db value.
     *
     * @throws AnomalyException {@code incorrect} when it is no such token of that owner, or too old
     */
    public Map<?, ?> handle(TokenOwner owner, String token) {
        return open(owner, HANDLE, token);
    }

    /** The recipe that is kept for such a token, with entries of the token's own; null when none is. */
    public @Nullable Map<?, ?> recipe(TokenOwner owner, String id, CursorStore session) {
        return kept(owner, HANDLE_RECIPE, id, session);
    }

    /** Sees to it that such a recipe, if it is kept here, comes with the session again, should that have lost it. */
    public void stays(TokenOwner owner, String id, CursorStore session) {
        kept.stays(owner, id, session);
    }

    private Fields keptRequest(TokenOwner owner, String id, CursorStore session) {
        Map<?, ?> recipe = kept(owner, RECIPE, id, session);
        if (recipe == null) {
            throw AnomalyException.incorrect(
                    "This iteration is too large for its token and is kept neither on this node"
                            + " nor in the session that the request belongs to; begin it again");
        }
        return Fields.of(recipe);
    }

    /** A recipe is as old as its iteration; what counts is the age of the token that led here. */
    private @Nullable Map<?, ?> kept(TokenOwner owner, Keyword kind, String id, CursorStore session) {
        byte[] content = kept.find(owner, id, session);
        if (content == null) {
            takeovers.missed();
            return null;
        }
        return belonging(owner, kind, content, mostKept);
    }

    /** What a token says, with its recipe or, when that is kept, without; null when even that is too much. */
    private byte @Nullable [] content(
            TokenOwner owner,
            Keyword kind,
            String id,
            Map<Keyword, Object> entries,
            Keyword recipeKind,
            Map<Keyword, Object> recipe,
            CursorStore session) {
        if (!kept.stays(owner, id, session)) {
            Map<Keyword, Object> whole = new HashMap<>(entries);
            whole.putAll(recipe);
            byte[] content = fitting(encoded(owner, kind, whole));
            if (content != null) {
                return content;
            }
            byte[] aside = encoded(owner, recipeKind, recipe);
            if (aside.length <= mostKept) {
                kept.keep(owner, id, Deflated.of(aside, Deflater.BEST_SPEED), session);
            }
        }
        return fitting(encoded(owner, kind, entries));
    }

    /** The content as it fits into a token; null when it does not. */
    private static byte @Nullable [] fitting(byte[] content) {
        if (TokenSeal.fits(content.length)) {
            return content;
        }
        if (content.length > MOST_IN_TOKEN) {
            return null;
        }
        byte[] deflated = Deflated.of(content, Deflater.BEST_COMPRESSION);
        return TokenSeal.fits(deflated.length) ? deflated : null;
    }

    private byte[] encoded(TokenOwner owner, Keyword kind, Map<Keyword, Object> entries) {
        Map<Keyword, Object> content = new HashMap<>(entries);
        content.put(KIND, kind);
        content.put(OWNER, owner.name());
        content.put(MAKER, takeovers.maker());
        content.put(EXPIRES, Date.from(clock.instant().plusMillis(validMs)));
        return CODEC.encode(content);
    }

    private Map<?, ?> open(TokenOwner owner, Keyword kind, String token) {
        Map<?, ?> content = belonging(owner, kind, TokenSeal.open(owner, token), MOST_IN_TOKEN);
        if (!(content.get(EXPIRES) instanceof Date expires)
                || expires.toInstant().isBefore(clock.instant())) {
            throw AnomalyException.incorrect("The :next-token has expired");
        }
        return content;
    }

    private static Map<?, ?> belonging(TokenOwner owner, Keyword kind, byte[] bytes, int most) {
        if (!(CODEC.decode(inflated(bytes, most)) instanceof Map<?, ?> content)
                || !kind.equals(content.get(KIND))
                || !owner.name().equals(content.get(OWNER))) {
            throw AnomalyException.incorrect("The :next-token does not belong here");
        }
        return content;
    }

    private static byte[] inflated(byte[] bytes, int most) {
        try {
            return Deflated.inflated(bytes, most);
        } catch (DataFormatException e) {
            throw AnomalyException.incorrect("The :next-token is of no form that this server gives");
        }
    }

    private static long number(Fields content, Keyword key, long min, long max) {
        return content.optionalLong(key, min, max)
                .orElseThrow(() -> AnomalyException.incorrect("The :next-token lacks its " + key));
    }

    private static Map<Keyword, Object> request(Fields content) {
        return Fields.of(content.required(REQUEST)).asMap();
    }
}
