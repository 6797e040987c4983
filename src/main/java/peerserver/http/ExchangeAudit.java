package peerserver.http;

import clojure.lang.Keyword;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.util.Map;
import peerserver.audit.AuditLog;
import peerserver.op.Audit;
import peerserver.security.Caller;
import peerserver.security.ClientAddresses;
import peerserver.wire.Category;

/** Has exchanges audited, with what HTTP knows of them. */
@Singleton
public class ExchangeAudit {

    private final Audit audit;
    private final ClientAddresses addresses;

    @Inject
    ExchangeAudit(Audit audit, ClientAddresses addresses) {
        this.audit = audit;
        this.addresses = addresses;
    }

    /** Called before a request is answered that was carried out: the answer is to bear the request's id. */
    void done(Exchange exchange, Caller caller, Map<Keyword, Object> reply) {
        if (audit.wanted(exchange.request(), null)) {
            audit.done(named(exchange, caller), reply);
        }
    }

    /** Called before a request is answered that was not. */
    void failed(Exchange exchange, Caller caller, Category category) {
        if (audit.wanted(exchange.request(), category)) {
            audit.failed(named(exchange, caller), category);
        }
    }

    /**
     * Called when a request was carried out after all whose caller has been told that it is late: there is no request any
     * more to ask.
     */
    void doneLate(Exchange exchange, Map<Keyword, Object> reply) {
        Audit.Request request = exchange.audited();
        if (request != null && audit.wanted(exchange.request(), null)) {
            audit.done(request, reply);
        }
    }

    private Audit.Request named(Exchange exchange, Caller caller) {
        HttpServletRequest http = exchange.http();
        Audit.Request request = new Audit.Request(
                caller,
                exchange.request(),
                addresses.of(http).map(InetAddress::getHostAddress).orElse(null),
                AuditLog.requestId(http.getHeader(AuditLog.REQUEST_ID)),
                exchange.arrival());
        exchange.audited(request);
        return request;
    }
}
