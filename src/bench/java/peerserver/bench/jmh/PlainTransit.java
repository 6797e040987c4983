package peerserver.bench.jmh;

import clojure.lang.Keyword;
import com.cognitect.transit.TransitFactory;
import com.cognitect.transit.TransitFactory.Format;
import com.cognitect.transit.WriteHandler;
import com.cognitect.transit.impl.AbstractWriteHandler;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Map;
import peerserver.wire.Datom;

/** The library as its documentation shows it, with handlers for the two types that it does not know. */
record PlainTransit(Format format) {

    private static final Map<Class<?>, WriteHandler<?, ?>> HANDLERS =
            Map.of(Keyword.class, new KeywordHandler(), Datom.class, new DatomHandler());

    byte[] encode(Object value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        TransitFactory.<Object>writer(format, out, handlers()).write(value);
        return out.toByteArray();
    }

    Object decode(byte[] body) {
        return TransitFactory.reader(format, new ByteArrayInputStream(body)).read();
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static Map<Class, WriteHandler<?, ?>> handlers() {
        return (Map) HANDLERS;
    }

    private static final class KeywordHandler extends AbstractWriteHandler<Keyword, String> {
        @Override
        public String tag(Keyword keyword) {
            return ":";
        }

        @Override
        public String rep(Keyword keyword) {
            return keyword.toString().substring(1);
        }

        @Override
        public String stringRep(Keyword keyword) {
            return rep(keyword);
        }
    }

    private static final class DatomHandler extends AbstractWriteHandler<Datom, List<Object>> {
        @Override
        public String tag(Datom datom) {
            return "datom";
        }

        @Override
        public List<Object> rep(Datom datom) {
            return List.of(datom.e(), datom.a(), datom.v(), datom.tx(), datom.added());
        }
    }
}
