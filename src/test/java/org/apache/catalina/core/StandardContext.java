package org.apache.catalina.core;

import java.util.concurrent.CountDownLatch;

/** Stands in for the class of Payara that has this name and a method {@code start}. */
public final class StandardContext {

    private final CountDownLatch finished = new CountDownLatch(1);

    public void start(Runnable application) {
        application.run();
        try {
            finished.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    public void finish() {
        finished.countDown();
    }
}
