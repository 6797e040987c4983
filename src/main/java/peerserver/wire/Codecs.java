package peerserver.wire;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds the codec for a media type, as the type stands in the headers of a request. */
public final class Codecs {

    private static final List<WireCodec> ALL = List.of(TransitCodec.msgpack(), TransitCodec.json(), EdnCodec.INSTANCE);

    private static final Pattern QUALITY =
            Pattern.compile(";\\s*q=([01](?:\\.\\d{0,3})?)\\s*(?:;|$)", Pattern.CASE_INSENSITIVE);

    private Codecs() {}

    /**
     * The codec of a body.
     *
     * @param contentType the header {@code Content-Type}; parameters such as a charset are ignored
     * @throws AnomalyException {@code incorrect}, saying what is supported, for any other type and for none
     */
    public static WireCodec forContentType(@Nullable String contentType) {
        WireCodec codec = contentType == null ? null : find(withoutParameters(contentType));
        if (codec == null) {
            throw AnomalyException.incorrect("Unsupported content type; supported are "
                    + ALL.stream().map(WireCodec::mediaType).collect(Collectors.joining(", ")));
        }
        return codec;
    }

    /**
     * The codec of an answer: of the accepted types that have one that with the greatest {@code q}, the first of several.
     *
     * @param accept the header {@code Accept}
     * @param fallback the codec for a wildcard, for no header, and when nothing accepted is supported
     */
    public static WireCodec forAccept(@Nullable String accept, WireCodec fallback) {
        if (accept == null) {
            return fallback;
        }
        WireCodec best = fallback;
        double most = 0;
        for (String range : accept.split(",", -1)) {
            String type = withoutParameters(range);
            WireCodec codec = type.equals("*/*") || type.equals("application/*") ? fallback : find(type);
            double quality = quality(range);
            if (codec != null && quality > most) {
                best = codec;
                most = quality;
            }
        }
        return best;
    }

    private static @Nullable WireCodec find(String mediaType) {
        for (WireCodec codec : ALL) {
            if (codec.mediaType().equals(mediaType)) {
                return codec;
            }
        }
        return null;
    }

    private static String withoutParameters(String mediaType) {
        int end = mediaType.indexOf(';');
        return (end < 0 ? mediaType : mediaType.substring(0, end)).strip().toLowerCase(Locale.ROOT);
    }

    /** How much a range of types is wanted, from 0 to 1; 1 when it does not say, or nothing that can be read. */
    private static double quality(String range) {
        Matcher q = QUALITY.matcher(range);
        return q.find() ? Double.parseDouble(q.group(1)) : 1;
    }
}
