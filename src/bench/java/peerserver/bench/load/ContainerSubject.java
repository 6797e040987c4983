package peerserver.bench.load;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/**
 * {@link BareServlet}, behind the published client, which asks for the names of the databases whatever the line, as often
 * as a call of it takes requests: what the engine finds at the first stays there.
 */
final class ContainerSubject implements Subject {

    private final Server server;
    private final Map<Line, Object> clients = new EnumMap<>(Line.class);

    ContainerSubject(Server server) {
        this.server = server;
        for (Line line : Line.values()) {
            clients.put(line, ClientSubject.client(server, line.id()));
        }
    }

    @Override
    public String name() {
        return server.name();
    }

    @Override
    public long pid() {
        return server.pid();
    }

    @Override
    public Object noOp() {
        return call(Line.NO_OP);
    }

    @Override
    public Object pull(int item) {
        return call(Line.PULL);
    }

    @Override
    public Object queryOne(int item) {
        return call(Line.Q_1);
    }

    @Override
    public Object queryBucket(int bucket) {
        return call(Line.Q_1000);
    }

    @Override
    public Object queryAll() {
        return call(Line.Q_100000);
    }

    @Override
    public Object datoms() {
        return call(Line.DATOMS);
    }

    @Override
    public Object transact(int number) {
        return call(Line.TRANSACT);
    }

    private Object call(Line line) {
        Object answer = ask(line);
        for (int more = 1; more < line.requests(); more++) {
            ask(Line.NO_OP);
        }
        return answer;
    }

    private Object ask(Line line) {
        return ClientSubject.listDatabases(Objects.requireNonNull(clients.get(line)));
    }
}
