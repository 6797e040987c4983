package peerserver.conformance;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.ExtendWith;

/** Every suite, against databases in memory of the peer library. */
@ExtendWith(SharedPeerServer.class)
class PeerConformanceIT {

    @Nested
    class Basis extends BasisConformance {
        Basis(Target target) {
            super(target);
        }
    }

    @Nested
    class Catalog extends CatalogConformance {
        Catalog(Target target) {
            super(target);
        }
    }

    @Nested
    class Concurrency extends ConcurrencyConformance {
        Concurrency(Target target) {
            super(target);
        }
    }

    @Nested
    class Datoms extends DatomsConformance {
        Datoms(Target target) {
            super(target);
        }
    }

    @Nested
    class Health extends HealthConformance {
        Health(Target target) {
            super(target);
        }
    }

    @Nested
    class Laziness extends LazinessConformance {
        Laziness(Target target) {
            super(target);
        }
    }

    @Nested
    class Log extends LogConformance {
        Log(Target target) {
            super(target);
        }
    }

    @Nested
    class Paging extends PagingConformance {
        Paging(Target target) {
            super(target);
        }
    }

    @Nested
    class PlainHttp extends PlainHttpConformance {
        PlainHttp(Target target) {
            super(target);
        }
    }

    @Nested
    class Pull extends PullConformance {
        Pull(Target target) {
            super(target);
        }
    }

    @Nested
    class Query extends QueryConformance {
        Query(Target target) {
            super(target);
        }
    }

    @Nested
    class QueryInputs extends QueryInputsConformance {
        QueryInputs(Target target) {
            super(target);
        }
    }

    @Nested
    class QueryOptions extends QueryOptionsConformance {
        QueryOptions(Target target) {
            super(target);
        }
    }

    @Nested
    class ReadErrors extends ReadErrorsConformance {
        ReadErrors(Target target) {
            super(target);
        }
    }

    @Nested
    class RequestErrors extends RequestErrorsConformance {
        RequestErrors(Target target) {
            super(target);
        }
    }

    @Nested
    class SentAgain extends SentAgainConformance {
        SentAgain(Target target) {
            super(target);
        }
    }

    @Nested
    class Signing extends SigningConformance {
        Signing(Target target) {
            super(target);
        }
    }

    @Nested
    class Speculation extends SpeculationConformance {
        Speculation(Target target) {
            super(target);
        }
    }

    @Nested
    class Statistics extends StatisticsConformance {
        Statistics(Target target) {
            super(target);
        }
    }

    @Nested
    class SteadyReads extends SteadyReadsConformance {
        SteadyReads(Target target) {
            super(target);
        }
    }

    @Nested
    class Time extends TimeConformance {
        Time(Target target) {
            super(target);
        }
    }

    @Nested
    class Timeout extends TimeoutConformance {
        Timeout(Target target) {
            super(target);
        }
    }

    @Nested
    class Token extends TokenConformance {
        Token(Target target) {
            super(target);
        }
    }

    @Nested
    class Transact extends TransactConformance {
        Transact(Target target) {
            super(target);
        }
    }

    @Nested
    class TransactErrors extends TransactErrorsConformance {
        TransactErrors(Target target) {
            super(target);
        }
    }

    @Nested
    class TransactionIds extends TransactionIdConformance {
        TransactionIds(Target target) {
            super(target);
        }
    }

    @Nested
    class ValueTypes extends ValueTypesConformance {
        ValueTypes(Target target) {
            super(target);
        }
    }

    @Nested
    class WireFormat extends WireFormatConformance {
        WireFormat(Target target) {
            super(target);
        }
    }
}
