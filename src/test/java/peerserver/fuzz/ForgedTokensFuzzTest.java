package peerserver.fuzz;

import clojure.lang.Keyword;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import peerserver.chunk.Forger;
import peerserver.wire.AnomalyException;
import peerserver.wire.Keys;
import peerserver.wire.TransitCodec;

/** Recipes that are damaged as data and sealed again, as whoever knows an access key's secret can. */
class ForgedTokensFuzzTest {

    private static final List<String> ITERATIONS = List.of(
            "{:op :q :query [:find ?n (pull ?e [:item/name]) :where [?e :item/name ?n]] :args [{:db-name 'hello'"
                    + " :database-id 'hello-id'}] :chunk 2}",
            "{:op :datoms :db-name 'hello' :index :aevt :components [:item/count] :chunk 2}",
            "{:op :index-range :db-name 'hello' :attrid :item/count :start 1 :chunk 2}",
            "{:op :index-pull :db-name 'hello' :index :avet :selector [:item/name] :start [:item/count] :chunk 2}",
            "{:op :tx-range :db-name 'hello' :start 1000 :chunk 1}");

    private final ServedInMemory served = new ServedInMemory();
    private final Corpus corpus = served.corpus();
    private final Forger forger = new Forger(ServedInMemory.CALLER);

    @AfterEach
    void close() {
        served.close();
    }

    @Test
    void everyForgedTokenIsAnsweredOrRefusedForWhatItSays() {
        Lane.run("forged-tokens", 2_000, this::trial);
    }

    /** The handle of what a transaction makes of a value. */
    private String speculative(String handle) {
        Map<Keyword, Object> request = new HashMap<>(Corpus.request("{:op :with :db-name 'hello' :tx-data"
                + " [{:item/name 'forged' :item/count 1} [:db/cas [:item/name 'a'] :item/count 1 2]]}"));
        request.put(Keys.NEXT_TOKEN, handle);
        Map<?, ?> after =
                (Map<?, ?>) Objects.requireNonNull(served.answer(request).get(Keys.DB_AFTER));
        return (String) Objects.requireNonNull(after.get(Keys.NEXT_TOKEN));
    }

    private @Nullable String trial(SplittableRandom random, int number, Consumer<Object> note) {
        boolean handle = random.nextInt(6) == 0;
        Map<?, ?> begin = handle
                ? Corpus.request("{:op :with-db :db-name 'hello'}")
                : Corpus.request(ITERATIONS.get(random.nextInt(ITERATIONS.size())));
        String token = (String) Objects.requireNonNull(served.answer(begin).get(Keys.NEXT_TOKEN));
        if (handle && random.nextBoolean()) {
            token = speculative(token);
        }
        Object content = DamagedTree.of(forger.content(token), random, corpus);
        boolean deflated = random.nextInt(4) == 0;
        String forged;
        try {
            forged = deflated
                    ? forger.deflated(content == null ? "" : content)
                    : forger.token(content == null ? "" : content);
        } catch (AnomalyException e) {
            return null; // It has no form on the wire.
        }
        Map<Keyword, Object> request = new HashMap<>(
                handle ? Corpus.request("{:op :with :db-name 'hello' :tx-data []}") : Corpus.request("{:op :next}"));
        request.put(Keys.NEXT_TOKEN, forged);
        note.accept(content + " in " + request);
        try {
            TransitCodec.msgpack().encode(served.answer(request));
            return null;
        } catch (AnomalyException e) {
            return Verdict.on(e.anomaly(), request);
        }
    }
}
