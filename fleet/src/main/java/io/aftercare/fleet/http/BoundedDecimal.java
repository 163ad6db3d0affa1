package io.aftercare.fleet.http;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.NumberDeserializers.BigDecimalDeserializer;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import java.io.IOException;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/// Reads decimals whose exponent is that of a double at most. A dozen characters such as `1E400000000` are read at once, but
/// fill the memory where somebody writes them out or gives them two decimals. Thread-safe.
final class BoundedDecimal extends StdScalarDeserializer<BigDecimal> {
    private static final long serialVersionUID = 1;
    private static final int EXPONENT_MAX = 400;

    BoundedDecimal() {
        super(BigDecimal.class);
    }

    @Override
    public @Nullable BigDecimal deserialize(JsonParser parser, DeserializationContext context)
            throws IOException {
        BigDecimal read = BigDecimalDeserializer.instance.deserialize(parser, context);
        // in long: the scale may be the least integer
        if (read != null && Math.abs((long) read.scale()) > EXPONENT_MAX) {
            return context.reportInputMismatch(this, "a number with an exponent from -%d to %d is needed",
                    EXPONENT_MAX, EXPONENT_MAX);
        }
        return read;
    }
}
