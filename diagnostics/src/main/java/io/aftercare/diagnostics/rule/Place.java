package io.aftercare.diagnostics.rule;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.aftercare.fleet.http.Json;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/// A value in a YAML or JSON document that knows where it stands, so that whatever is wrong with it can be told to its
/// author by line and column.
///
/// @param path how one gets there, such as `tests[0].step`
record Place(String path, Node node) {
    private static final int CODE_POINTS_MAX = 256 * 1024;
    private static final int DEPTH_MAX = 20;

    /// The root of a document; JSON is read as the YAML that it is.
    static Place root(String text) {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(CODE_POINTS_MAX);
        options.setNestingDepthLimit(DEPTH_MAX);
        options.setMaxAliasesForCollections(0);
        try {
            // JSON may be indented with tabs, which YAML refuses; a JSON string never holds one.
            String readable = text.stripLeading().startsWith("{") ? text.replace('\t', ' ') : text;
            Node node = new Yaml(options).compose(new StringReader(readable));
            if (node == null) {
                throw issue(1, 1, "", "the document is empty; a rule has at least id, fault and when");
            }
            return new Place("", node);
        } catch (MarkedYAMLException e) {
            var mark = e.getProblemMark();
            throw issue(mark == null ? 1 : mark.getLine() + 1, mark == null ? 1 : mark.getColumn() + 1, "",
                    "this is neither YAML nor JSON: " + e.getProblem());
        } catch (YAMLException e) {
            throw issue(1, 1, "", "a document has " + DEPTH_MAX + " levels, " + CODE_POINTS_MAX
                    + " characters and no aliases of lists or mappings at most: " + e.getMessage());
        }
    }

    private static InvalidRule issue(int line, int column, String path, String message) {
        return new InvalidRule(List.of(new InvalidRule.Issue(line, column, path, message)));
    }

    InvalidRule wrong(String message) {
        return issue(node.getStartMark().getLine() + 1, node.getStartMark().getColumn() + 1, path, message);
    }

    /// What is wrong with a word of the text, placed where it stands first.
    InvalidRule.Issue issueAt(String word, String message) {
        var found = Pattern
                .compile("(?<![\\w.])" + Pattern.quote(word) + "(?![\\w.])")
                .matcher(text());
        int at = found.find() ? found.start() : 0;
        String before = text().substring(0, at);
        int lines = (int) before.chars().filter(sign -> sign == '\n').count();
        int column = lines == 0 ? textColumn() + at : at - before.lastIndexOf('\n');
        return new InvalidRule.Issue(line() + lines, column, path, message);
    }

    int line() {
        return node.getStartMark().getLine() + 1;
    }

    int column() {
        return node.getStartMark().getColumn() + 1;
    }

    /// Where a text's own first sign stands: after the quote, where there is one.
    int textColumn() {
        boolean quoted = node instanceof ScalarNode scalar && !scalar.isPlain();
        return column() + (quoted ? 1 : 0);
    }

    boolean isNothing() {
        return node.getTag().equals(Tag.NULL);
    }

    /// A text, number or truth as it is written.
    String text() {
        if (node instanceof ScalarNode scalar && !isNothing() && !scalar.getValue().isBlank()) {
            return scalar.getValue();
        }
        throw wrong("a value is needed here");
    }

    boolean truth() {
        return switch (text()) {
            case "true" -> true;
            case "false" -> false;
            default -> throw wrong("true or false, not " + text());
        };
    }

    int number(int least, int most) {
        try {
            int value = Integer.parseInt(text());
            if (value >= least && value <= most) {
                return value;
            }
        } catch (NumberFormatException _) {
            // told below, as any other number that does not fit
        }
        throw wrong("a whole number from " + least + " to " + most + ", not " + text());
    }

    double real() {
        try {
            double value = Double.parseDouble(text());
            if (Double.isFinite(value)) {
                return value;
            }
        } catch (NumberFormatException _) {
            // told below, as any other number that does not fit
        }
        throw wrong("a number, not " + text());
    }

    List<Place> list() {
        if (!(node instanceof SequenceNode sequence)) {
            throw wrong("a list is needed here");
        }
        List<Place> places = new ArrayList<>();
        for (Node item : sequence.getValue()) {
            places.add(new Place(path + "[" + places.size() + "]", item));
        }
        return places;
    }

    /// The entries of a mapping by key, in their order.
    Map<String, Place> map() {
        if (!(node instanceof MappingNode mapping)) {
            throw wrong("a mapping (key: value) is needed here");
        }
        Map<String, Place> places = new LinkedHashMap<>();
        for (NodeTuple entry : mapping.getValue()) {
            Place key = new Place(path, entry.getKeyNode());
            String name = key.text();
            Place value = new Place(path.isEmpty() ? name : path + "." + name, entry.getValueNode());
            if (places.put(name, value) != null) {
                throw key.wrong("the key " + name + " comes twice");
            }
        }
        return places;
    }

    /// A key and its value, each with its own place.
    record Entry(Place key, Place value) {}

    /// The entries of a mapping whose keys are values themselves, such as times.
    List<Entry> entries() {
        map();
        List<Entry> entries = new ArrayList<>();
        ((MappingNode) node).getValue().forEach(tuple -> entries
                .add(new Entry(new Place(path, tuple.getKeyNode()), new Place(path, tuple.getValueNode()))));
        return entries;
    }

    JsonNode json() {
        return switch (node) {
            case MappingNode _ -> {
                ObjectNode object = Json.object();
                map().forEach((name, value) -> object.set(name, value.json()));
                yield object;
            }
            case SequenceNode _ -> {
                ArrayNode array = Json.array();
                list().forEach(item -> array.add(item.json()));
                yield array;
            }
            case ScalarNode scalar -> scalar(scalar);
            default -> throw wrong("this kind of YAML is not read here");
        };
    }

    private static JsonNode scalar(ScalarNode scalar) {
        String value = scalar.getValue();
        if (scalar.getTag().equals(Tag.NULL)) {
            return NullNode.instance;
        }
        if (value.equals("true") || value.equals("false")) {
            return scalar.isPlain() ? BooleanNode.valueOf(value.equals("true")) : TextNode.valueOf(value);
        }
        if (scalar.isPlain() && value.matches("-?(0|[1-9]\\d{0,17})")) {
            return LongNode.valueOf(Long.parseLong(value));
        }
        if (scalar.isPlain() && value.matches("-?\\d{1,17}\\.\\d{1,17}([eE][+-]?\\d{1,3})?")) {
            return DoubleNode.valueOf(Double.parseDouble(value));
        }
        return TextNode.valueOf(value);
    }
}
