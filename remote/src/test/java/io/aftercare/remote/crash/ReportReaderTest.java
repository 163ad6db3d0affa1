package io.aftercare.remote.crash;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.http.Json;
import io.aftercare.remote.crash.Report.Frame;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ReportReaderTest {
    private static Report read(String json) {
        return ReportReader.read(Json.parse(json));
    }

    @Test
    void aReportIsReadAsTheProtocolHasIt() {
        Report report = read("""
                {"id":"crash-17-412","process":"spoolerd","reason":"SIGSEGV","firmware":"2.3.0",
                 "modules":[{"name":"spoolerd","buildId":"5F0CAA11","base":"0x55d0c8a00000","size":184320},
                            {"name":"libc.so.6","buildId":"a1b2c3d4"}],
                 "threads":[{"name":"main","stack":[{"module":1,"offset":16}]},
                   {"name":"worker-2","crashed":true,"stack":[{"module":0,"offset":"0x1a2c4"},
                     {"address":"0x55d0c8a1b0f2"},{"module":1,"offset":"0x2724a"},{"address":"0x10"}]}]}""");
        assertThat(report.name()).isEqualTo("crash-17-412");
        assertThat(report.firmware()).isEqualTo("2.3.0");
        assertThat(report.crashed()).containsExactly(new Frame(0, 0x1a2c4), new Frame(0, 0x1b0f2),
                new Frame(1, 0x2724a), new Frame(-1, 0x10));
        assertThat(report.buildId(new Frame(0, 1)).orElseThrow().hex()).isEqualTo("5f0caa11");
        assertThat(report.builds()).containsExactlyInAnyOrder("5f0caa11", "a1b2c3d4");
    }

    @Test
    void withoutAMarkTheFirstThreadCrashed() {
        Report report = read("{\"threads\":[{\"stack\":[{\"address\":1}]},{\"stack\":[{\"address\":2}]}]}");
        assertThat(report.crashed()).containsExactly(new Frame(-1, 1));
    }

    @Test
    void addressesAreUnsigned() {
        Report report = read(
                """
                        {"modules":[{"name":"kernel","buildId":"0011223344","base":"0xffffffff80000000","size":"0x40000000"},
                                    {"name":"top","base":"0xfffffffffffff000","size":"0x1000"}],
                         "threads":[{"stack":[{"address":"0xffffffff80001234"},{"address":"0xffffffffffffffff"},
                           {"address":"0xfffffffffffffffff"}]}]}""");
        assertThat(report.crashed()).containsExactly(new Frame(0, 0x1234), new Frame(1, 0xfff));
    }

    @Test
    void whatDoesNotFitIsLeftOutAndTheRestStays() {
        Report report = read(
                """
                        {"id":"crash-../../x","process":"a\\u0000b\\u001b[31mc","reason":7,
                         "modules":[{"name":"m","buildId":"xyz","base":-5,"size":"many"}],
                         "threads":[{"crashed":"yes","stack":[{"module":0,"offset":"0x10"},{"module":9,"offset":1},
                           {"module":-1,"offset":1},7,{"offset":2},{"address":-1},{"address":1.5},{"address":"12"}]},3]}""");
        assertThat(report.name()).isEmpty();
        assertThat(report.process()).isEqualTo("a b [31mc");
        assertThat(report.reason()).isEmpty();
        assertThat(report.modules()).containsExactly(new Report.Module("m", null, 0, 0));
        assertThat(report.crashed()).containsExactly(new Frame(0, 16));
        assertThat(report.builds()).isEmpty();
        for (String nothing : List.of("{}", "[]", "7", "null", "\"text\"",
                "{\"threads\":{\"a\":1},\"modules\":7}")) {
            assertThat(read(nothing).hasStack()).isFalse();
        }
        assertThat(ReportReader.read(null).hasStack()).isFalse();
    }

    @Test
    void whatIsTooMuchIsCutAndTheThreadThatCrashedKeepsItsPlace() {
        ObjectNode data = Json.object();
        ArrayNode threads = data.putArray("threads");
        for (int i = 0; i < ReportReader.THREADS_MAX; i++) {
            ObjectNode thread = threads.addObject().put("crashed", i == ReportReader.THREADS_MAX - 1);
            ArrayNode stack = thread.putArray("stack");
            for (int depth = 0; depth < 1000; depth++) {
                stack.addObject().put("address", depth + 1);
            }
        }
        Report report = ReportReader.read(data);
        assertThat(report.crashed()).hasSize(ReportReader.FRAMES_MAX);
        assertThat(report.threads().stream().mapToInt(stack -> stack.frames().size()).sum())
                .isLessThanOrEqualTo(ReportReader.FRAMES_ALL_MAX + ReportReader.FRAMES_MAX);
        assertThat(ReportReader.text("x".repeat(199) + "\ud83d\ude00", 200)).as("no half of a character")
                .isEqualTo("x".repeat(199));
    }

    @Test
    void noReportBreaksTheReaderAndWhatIsReadCanBeKept() {
        JsonNode good = Json
                .parse("""
                        {"id":"crash-1","process":"p","modules":[{"name":"m","buildId":"00112233","base":4096,"size":10}],
                         "threads":[{"name":"t","crashed":true,"stack":[{"module":0,"offset":1},{"address":4098}]}]}""");
        for (int seed = 0; seed < 2000; seed++) {
            Random random = new Random(seed);
            Report report = ReportReader.read(spoiled(good.deepCopy(), random));
            assertThat(Json.convert(Json.parse(Json.text(report)), Report.class)).as("seed " + seed)
                    .isEqualTo(report);
            report.threads().forEach(stack -> stack.frames()
                    .forEach(frame -> assertThat(frame.module()).isLessThan(report.modules().size())));
        }
    }

    // some member or element anywhere becomes something else
    private static JsonNode spoiled(JsonNode node, Random random) {
        if (random.nextInt(6) == 0) {
            return switch (random.nextInt(6)) {
                case 0 -> Json.parse("null");
                case 1 -> Json.parse("{\"x\":[1]}");
                case 2 -> Json.parse("[[],{}]");
                case 3 -> Json.parse("\"\\u0000\\ud83d\"");
                case 4 -> Json.parse(Long.toString(random.nextLong()));
                default -> Json.parse("123456789012345678901234567890");
            };
        }
        if (node instanceof ObjectNode object) {
            List<String> names = object.properties().stream().map(entry -> entry.getKey()).toList();
            names.forEach(name -> object.set(name, spoiled(object.get(name), random)));
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                array.set(i, spoiled(array.get(i), random));
            }
        }
        return node;
    }
}
