package io.aftercare.ota.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftercare.ota.delivery.ByteRange.Part;
import io.aftercare.ota.delivery.ByteRange.Unsatisfiable;
import io.aftercare.ota.delivery.ByteRange.Whole;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ByteRangeTest {
    @Test
    void eachFormOfTheHeaderHasItsAnswer() {
        assertThat(ByteRange.of(null, 100)).isEqualTo(new Whole());
        assertThat(ByteRange.of("bytes=0-0", 100)).isEqualTo(new Part(0, 0));
        assertThat(ByteRange.of("bytes=0-99", 100)).isEqualTo(new Part(0, 99));
        assertThat(ByteRange.of("bytes=10-", 100)).isEqualTo(new Part(10, 99));
        assertThat(ByteRange.of("bytes=99-", 100)).isEqualTo(new Part(99, 99));
        assertThat(ByteRange.of("bytes=90-200", 100)).isEqualTo(new Part(90, 99));
        assertThat(ByteRange.of("bytes=-10", 100)).isEqualTo(new Part(90, 99));
        assertThat(ByteRange.of("bytes=-1000", 100)).isEqualTo(new Part(0, 99));
        assertThat(ByteRange.of("bytes= 5-6 ", 100)).isEqualTo(new Part(5, 6));
        assertThat(ByteRange.of("bytes=100-", 100)).isEqualTo(new Unsatisfiable());
        assertThat(ByteRange.of("bytes=100-200", 100)).isEqualTo(new Unsatisfiable());
        assertThat(ByteRange.of("bytes=-0", 100)).isEqualTo(new Unsatisfiable());
    }

    @Test
    void whatIsNotOneWellFormedRangeMeansTheWholeFile() {
        for (String header : new String[]{"", "bytes", "bytes=", "bytes=-", "bytes=5-4", "bytes=a-b",
                "bytes=1-2,4-5",
                "items=0-1", "bytes=--1", "bytes=1--2", "bytes=99999999999999999999-", "bytes=+1-2",
                "bytes=1.5-2"}) {
            assertThat(ByteRange.of(header, 100)).as(header).isEqualTo(new Whole());
        }
    }

    @Test
    void anyRangeLiesWithinTheFile() {
        for (long seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            long length = 1L + random.nextInt(50);
            String header = "bytes=" + (random.nextBoolean() ? random.nextInt(60) : "") + "-"
                    + (random.nextBoolean() ? random.nextInt(60) : "");
            if (ByteRange.of(header, length) instanceof Part part) {
                assertThat(part.first()).as("seed %d: %s of %d", seed, header, length).isBetween(0L,
                        part.last());
                assertThat(part.last()).as("seed %d: %s of %d", seed, header, length).isLessThan(length);
            }
        }
    }
}
