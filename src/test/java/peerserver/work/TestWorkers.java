package peerserver.work;

import java.util.Map;
import java.util.concurrent.ThreadFactory;
import peerserver.config.LoadConfig;
import peerserver.config.MapConfig;
import peerserver.config.RequestConfig;

/** Workers put together by hand. */
public final class TestWorkers {

    private TestWorkers() {}

    /** Workers as they are by default, with threads from there, on a heap that is never full. */
    public static Workers of(ThreadFactory threads) {
        return of(Map.of(), new HeapGuard(100, System::nanoTime), threads);
    }

    static Workers of(Map<String, String> settings, HeapGuard heap, ThreadFactory threads) {
        MapConfig config = new MapConfig(settings);
        return new Workers(RequestConfig.from(config), LoadConfig.from(config), heap, threads);
    }
}
