package io.aftercare.fleet.device;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.http.Operations;
import io.aftercare.fleet.http.Page;
import io.aftercare.fleet.http.Problem;
import io.aftercare.fleet.http.Request;
import io.aftercare.fleet.http.Response;

/// Products: added, read, replaced as a whole.
public final class ProductRoutes {
    private final Products products;

    public ProductRoutes(Products products) {
        this.products = products;
    }

    public void bind(Operations operations) {
        operations.on("addProduct", this::add).on("listProducts", this::list).on("getProduct", this::get)
                .on("replaceProduct", this::replace);
    }

    private Response add(Request request) {
        Product product = products.add(request.principal(), document(request));
        return Response.created("/api/v1/products/" + product.model(), product.shown())
                .withVersion(product.version());
    }

    private Response list(Request request) {
        Page<Product> page = products.list(request.limit(), request.cursor());
        return Response.ok(new Page<>(page.items().stream().map(Product::shown).toList(), page.next()));
    }

    private Response get(Request request) {
        String model = request.path("model");
        Product product = products.find(model).orElseThrow(() -> Problem.notFound("product", model));
        return Response.versioned(product.shown(), product.version());
    }

    private Response replace(Request request) {
        String model = request.path("model");
        ObjectNode document = document(request);
        if (!document.path("model").asText().equals(model)) {
            throw Problem.invalid("model",
                    "the body is of another product than the address; a model keeps its name");
        }
        Product product = products.replace(request.principal(), model, document, request.ifMatch());
        return Response.versioned(product.shown(), product.version());
    }

    private static ObjectNode document(Request request) {
        if (!(request.json() instanceof ObjectNode document)) {
            throw Problem.badRequest("The body is not a JSON object");
        }
        document.remove("version");
        document.remove("createdAt");
        return document;
    }
}
