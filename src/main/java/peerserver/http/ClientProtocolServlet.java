package peerserver.http;

import clojure.lang.Keyword;
import jakarta.inject.Inject;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.Principal;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import peerserver.op.Dispatcher;
import peerserver.op.Failures;
import peerserver.security.AccessKeys;
import peerserver.security.Caller;
import peerserver.security.SignatureAuthenticationMechanism;
import peerserver.wire.Anomaly;
import peerserver.wire.Category;
import peerserver.work.Workers;

/**
 * The client protocol: {@code POST /}, from bytes to bytes. A few of the container's threads may be borrowed to do the work
 * at once, which saves a change of threads; all other work is done by {@link Workers}, and nothing that waits holds a thread
 * of either. An answer leaves in one write with its length.
 */
@WebServlet(urlPatterns = "", asyncSupported = true, loadOnStartup = 1)
public class ClientProtocolServlet extends HttpServlet {

    private static final Logger LOG = Logger.getLogger(ClientProtocolServlet.class.getName());

    private final transient Dispatcher dispatcher;
    private final transient AccessKeys keys;
    private final transient Workers workers;

    @Inject
    ClientProtocolServlet(Dispatcher dispatcher, AccessKeys keys, Workers workers) {
        this.dispatcher = dispatcher;
        this.keys = keys;
        this.workers = workers;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!"POST".equals(request.getMethod())) {
            response.setHeader("Allow", "POST");
            empty(response, HttpServletResponse.SC_METHOD_NOT_ALLOWED);
            return;
        }
        Optional<Caller> caller = caller(request.getUserPrincipal());
        if (caller.isEmpty()
                || !(request.getAttribute(SignatureAuthenticationMechanism.BODY_ATTRIBUTE) instanceof byte[] body)) {
            empty(response, HttpServletResponse.SC_FORBIDDEN);
            return;
        }
        Exchange exchange = Exchange.of(request, response, body);
        if (!workers.admit()) {
            exchange.answer(Anomaly.of(Category.BUSY, "The server has too many requests at once"));
            return;
        }
        if (workers.borrow()) {
            try {
                answer(exchange, dispatch(exchange, caller.get()), request);
            } finally {
                workers.giveBack();
            }
        } else {
            AsyncContext async = async(request);
            workers.execute(() -> {
                CompletableFuture<Map<Keyword, Object>> reply = dispatch(exchange, caller.get());
                answerLater(exchange, reply, async, reply.isDone() ? Runnable::run : workers);
            });
        }
    }

    private Optional<Caller> caller(@Nullable Principal principal) {
        return principal == null ? Optional.empty() : keys.caller(principal.getName());
    }

    private static AsyncContext async(HttpServletRequest request) {
        AsyncContext async = request.startAsync();
        async.setTimeout(0);
        return async;
    }

    private CompletableFuture<Map<Keyword, Object>> dispatch(Exchange exchange, Caller caller) {
        try {
            return dispatcher.dispatch(caller, exchange.request()).toCompletableFuture();
        } catch (Throwable e) {
            // Errors too: a request that nobody answers keeps its place and its connection.
            return CompletableFuture.failedFuture(e);
        }
    }

    /** Answers on the container's thread if the reply is there, and lets go of the thread if it is not. */
    private void answer(Exchange exchange, CompletableFuture<Map<Keyword, Object>> reply, HttpServletRequest request) {
        if (reply.isDone()) {
            var unused = reply.whenComplete((map, thrown) -> write(exchange, map, thrown));
        } else {
            answerLater(exchange, reply, async(request), workers);
        }
    }

    /** Whoever completes a reply has other work to do than to write it out: the writer does. */
    private void answerLater(
            Exchange exchange, CompletableFuture<Map<Keyword, Object>> reply, AsyncContext async, Executor writer) {
        var unused = reply.whenCompleteAsync(
                (map, thrown) -> {
                    write(exchange, map, thrown);
                    async.complete();
                },
                writer);
    }

    private void write(Exchange exchange, @Nullable Map<Keyword, Object> reply, @Nullable Throwable thrown) {
        try {
            if (reply != null) {
                exchange.answer(reply);
            } else {
                exchange.answer(Failures.anomaly(Objects.requireNonNull(thrown)));
            }
        } catch (IOException e) {
            LOG.log(Level.FINE, "A client hung up: {0}", e.getMessage());
        } finally {
            workers.leave();
        }
    }

    private static void empty(HttpServletResponse response, int status) {
        response.setStatus(status);
        response.setContentLength(0);
    }
}
