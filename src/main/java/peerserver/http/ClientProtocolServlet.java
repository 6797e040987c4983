package peerserver.http;

import clojure.lang.Keyword;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import peerserver.config.RequestConfig;
import peerserver.op.Dispatcher;
import peerserver.op.Failures;
import peerserver.security.Caller;
import peerserver.security.SignedRequest;
import peerserver.session.CallerSessions;
import peerserver.wire.Anomaly;
import peerserver.wire.Category;
import peerserver.work.Admission;
import peerserver.work.Share;
import peerserver.work.Workers;

/**
 * The client protocol: {@code POST /}, from bytes to bytes. As long as few requests are worked on at once, the container's
 * thread does the work; it never waits, neither for its turn nor for what is to come: that is for {@link Workers}. An
 * answer leaves in one write with its length.
 *
 * <p>It is the servlet for all paths that have no other, because one for the empty path alone keeps Payara (seen: 6.2025.10)
 * from stopping the application in order.
 */
@WebServlet(urlPatterns = "/", asyncSupported = true, loadOnStartup = 1)
public class ClientProtocolServlet extends HttpServlet {

    private static final Logger LOG = Logger.getLogger(ClientProtocolServlet.class.getName());

    private final transient Dispatcher dispatcher;
    private final transient Workers workers;
    private final transient RequestConfig limits;
    private final transient ExchangeAudit audit;
    private final transient CallerSessions sessions;

    @Inject
    ClientProtocolServlet(
            Dispatcher dispatcher,
            Workers workers,
            RequestConfig limits,
            ExchangeAudit audit,
            CallerSessions sessions) {
        this.dispatcher = dispatcher;
        this.workers = workers;
        this.limits = limits;
        this.audit = audit;
        this.sessions = sessions;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!"/".equals(request.getServletPath())) {
            empty(response, HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        if (!"POST".equals(request.getMethod())) {
            response.setHeader("Allow", "POST");
            empty(response, HttpServletResponse.SC_METHOD_NOT_ALLOWED);
            return;
        }
        SignedRequest signed = SignedRequest.of(request).orElse(null);
        if (signed == null) {
            empty(response, HttpServletResponse.SC_FORBIDDEN);
            return;
        }
        Exchange exchange = new Exchange(request, response, signed.body(), limits, sessions.of(request));
        Share share = workers.share(signed.caller().name());
        Admission admission = share.admit();
        if (admission != Admission.IN) {
            exchange.refuse(Anomaly.of(Category.BUSY, admission.message()), share.rest(), workers);
            return;
        }
        Caller caller = signed.caller();
        if (!share.tryHere(() -> serve(exchange, caller, share, limits.lingerMs()))) {
            exchange.leaveOpen();
            Runnable come = dispatcher.watch(
                    exchange.arrival(), late -> finishMeanwhile(exchange, caller, late.anomaly(), share));
            share.execute(() -> {
                come.run();
                serve(exchange, caller, share, 0);
            });
        }
    }

    private void serve(Exchange exchange, Caller caller, Share share, long lingerMs) {
        CompletableFuture<Map<Keyword, Object>> reply;
        try {
            reply = dispatcher
                    .dispatch(
                            caller,
                            exchange.session(),
                            exchange.arrival(),
                            exchange::decoded,
                            late -> finishMeanwhile(exchange, caller, late.anomaly(), share))
                    .toCompletableFuture();
        } catch (Throwable e) {
            // Errors too: a request that nobody answers keeps its place and its connection.
            reply = CompletableFuture.failedFuture(e);
        }
        // Whoever completes a reply later has other work to do than to write it out.
        Executor writer = Runnable::run;
        if (!comes(reply, lingerMs)) {
            exchange.leaveOpen();
            writer = share;
        }
        var unused = reply.whenCompleteAsync((map, thrown) -> finish(exchange, caller, map, thrown, share), writer);
    }

    /**
     * Whether a reply is there, or is within that time. To hand a request over to another thread costs more than to wait
     * for a transaction in memory.
     */
    private static boolean comes(CompletableFuture<?> reply, long withinMs) {
        if (!reply.isDone() && withinMs > 0) {
            try {
                reply.get(withinMs, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (ExecutionException | TimeoutException e) {
                // Whoever finishes the exchange tells what went wrong; what is late is waited for without a thread.
            }
        }
        return reply.isDone();
    }

    private void finish(
            Exchange exchange,
            Caller caller,
            @Nullable Map<Keyword, Object> reply,
            @Nullable Throwable thrown,
            Share share) {
        if (!exchange.claim()) {
            exchange.awaitEnd();
            if (reply != null) {
                audit.doneLate(exchange, reply);
            }
            return;
        }
        try {
            if (reply != null) {
                audit.done(exchange, caller, reply);
                exchange.answer(reply);
            } else {
                Anomaly anomaly = Failures.anomaly(Objects.requireNonNull(thrown));
                audit.failed(exchange, caller, anomaly.category());
                exchange.answer(anomaly);
            }
        } catch (IOException e) {
            LOG.log(Level.FINE, "A client hung up: {0}", e.getMessage());
        } finally {
            end(exchange, share);
        }
    }

    /** Answers a request whose deadline has passed, by another thread than the one that works on it. */
    private void finishMeanwhile(Exchange exchange, Caller caller, Anomaly anomaly, Share share) {
        if (exchange.claim()) {
            try {
                audit.failed(exchange, caller, anomaly.category());
                exchange.answerMeanwhile(anomaly);
            } catch (IOException e) {
                LOG.log(Level.FINE, "A client hung up: {0}", e.getMessage());
            } finally {
                end(exchange, share);
            }
        }
    }

    private static void end(Exchange exchange, Share share) {
        share.leave();
        exchange.end();
    }

    private static void empty(HttpServletResponse response, int status) {
        response.setStatus(status);
        response.setContentLength(0);
    }
}
