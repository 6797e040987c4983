package peerserver.work;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.catalina.core.StandardContext;
import org.junit.jupiter.api.Test;

class ContainerStartTest {

    @Test
    void isOverAtOnceWhereTheContainerHasNoSuchStep() throws InterruptedException {
        ContainerStart.byThisThread().awaitEnd();
    }

    @Test
    void isOverOnceTheThreadHasLeftTheStartOfTheContext() throws Exception {
        StandardContext context = new StandardContext();
        CompletableFuture<ContainerStart> start = new CompletableFuture<>();
        Thread starter = new Thread(() -> context.start(() -> start.complete(ContainerStart.byThisThread())));
        starter.start();
        ContainerStart underWay = start.get(10, TimeUnit.SECONDS);
        CompletableFuture<Void> over = CompletableFuture.runAsync(() -> {
            try {
                underWay.awaitEnd();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });

        Thread.sleep(100);
        assertThat(over).isNotDone();
        context.finish();

        over.get(10, TimeUnit.SECONDS);
        starter.join(10_000);
    }
}
