package peerserver.chunk;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PageTest {

    @Test
    void endsBehindItsLastRow() {
        assertThat(new Page(10, 5, 2).end()).isEqualTo(15);
        assertThat(new Page(10, 0, 2).end()).isEqualTo(10);
    }

    @Test
    void withoutALimitHasNoEnd() {
        assertThat(new Page(10, -1, 2).end()).isEqualTo(Long.MAX_VALUE);
        assertThat(new Page(10, Long.MAX_VALUE, 2).end()).isEqualTo(Long.MAX_VALUE);
    }
}
