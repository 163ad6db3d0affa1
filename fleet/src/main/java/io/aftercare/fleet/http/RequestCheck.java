package io.aftercare.fleet.http;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import io.vertx.json.schema.common.dsl.SchemaType;
import io.vertx.openapi.contract.MediaType;
import io.vertx.openapi.contract.OpenAPIContract;
import io.vertx.openapi.contract.Operation;
import io.vertx.openapi.contract.Parameter;
import io.vertx.openapi.validation.RequestParameter;
import io.vertx.openapi.validation.RequestValidator;
import io.vertx.openapi.validation.impl.RequestParameterImpl;
import io.vertx.openapi.validation.impl.ValidatableRequestImpl;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Whether a request fits the OpenAPI document. Vert.x's validator does the work; this hands it the request's values as
/// they are (its own extractor decodes them twice, so that a `%` in a search fails) and keeps from it the bodies that it
/// does not know, such as YAML and CSV, which their endpoints read themselves.
final class RequestCheck {
    private final OpenAPIContract contract;
    private final RequestValidator validator;
    private final Map<String, Set<String>> unchecked;
    private final Set<String> needed;

    /// @param streamed operations whose bodies are streams, of which only the parameters are checked
    RequestCheck(Vertx vertx, OpenApiDocument document, Set<String> streamed) {
        ValidatorView view = ValidatorView.of(document, streamed);
        try {
            contract = OpenAPIContract.from(vertx, new JsonObject(Json.text(view.document())))
                    .toCompletionStage()
                    .toCompletableFuture().join();
        } catch (CompletionException e) {
            throw new IllegalStateException("The OpenAPI document is not valid: " + e.getCause(), e);
        }
        validator = RequestValidator.create(vertx, contract);
        unchecked = view.unchecked();
        needed = view.needed();
    }

    OpenAPIContract contract() {
        return contract;
    }

    /// Throws a [Problem] that names the fields at fault. Blocks.
    ///
    /// @param body null for an operation that streams
    void check(RoutingContext context, String operationId, @Nullable Buffer body) {
        Operation operation = Objects.requireNonNull(contract.operation(operationId), operationId);
        String contentType = context.request().getHeader("Content-Type");
        boolean hasBody = body != null && body.length() > 0 && operation.getRequestBody() != null;
        if (needed.contains(operationId) && (body == null || body.length() == 0)) {
            throw Problem.badRequest("A body is needed");
        }
        boolean checked = hasBody && !isUnchecked(operationId, contentType);
        if (checked) {
            requireKnown(operation, contentType);
        }
        Map<String, RequestParameter> cookies = new HashMap<>();
        Map<String, RequestParameter> headers = new HashMap<>();
        Map<String, RequestParameter> path = new HashMap<>();
        Map<String, RequestParameter> query = new HashMap<>();
        for (Parameter parameter : operation.getParameters()) {
            String name = parameter.getName();
            switch (parameter.getIn()) {
                case COOKIE -> put(cookies, name, null);
                case HEADER -> put(headers, name, encoded(parameter, context.request().getHeader(name)));
                case PATH -> put(path, name, encoded(parameter, context.pathParam(name)));
                case QUERY -> put(query, name, query(context, parameter));
            }
        }
        RequestParameter content = new RequestParameterImpl(checked ? body : null);
        var request = new ValidatableRequestImpl(cookies, headers, path, query, content, contentType);
        try {
            validator.validate(request, operationId).toCompletionStage().toCompletableFuture().join();
        } catch (CompletionException e) {
            throw Violations.problem(e.getCause() == null ? e : e.getCause());
        }
    }

    private static void put(Map<String, RequestParameter> values, String name, @Nullable String value) {
        values.put(name, new RequestParameterImpl(value));
    }

    private static @Nullable String query(RoutingContext context, Parameter parameter) {
        List<String> values = context.queryParam(parameter.getName());
        if (values.isEmpty()) {
            return null;
        }
        return switch (parameter.getSchemaType()) {
            case ARRAY -> values.stream().map(value -> parameter.getName() + "=" + value)
                    .collect(Collectors.joining("&"));
            case OBJECT, STRING, NUMBER, INTEGER, BOOLEAN -> encoded(parameter, values.getFirst());
        };
    }

    // A text as a JSON string, because the validator takes 9.9 for a number whatever the document says.
    private static @Nullable String encoded(Parameter parameter, @Nullable String value) {
        if (value == null || parameter.getSchemaType() != SchemaType.STRING || value.matches("\\w+")) {
            return value;
        }
        return Json.text(value);
    }

    private boolean isUnchecked(String operationId, @Nullable String contentType) {
        Set<String> types = unchecked.getOrDefault(operationId, Set.of());
        return contentType != null && types.stream().anyMatch(contentType.strip()::startsWith);
    }

    private void requireKnown(Operation operation, @Nullable String contentType) {
        Map<String, MediaType> known = operation.getRequestBody().getContent();
        if (operation.getRequestBody().determineContentType(contentType) == null) {
            throw Problem.of(415, "Unsupported media type",
                    "Send the body as " + String.join(" or ", known.keySet())
                            + (contentType == null
                                    ? ", and say so in Content-Type"
                                    : ", not as " + contentType));
        }
    }
}
