package io.aftercare.remote.crash.symbol;

import io.aftercare.fleet.http.Operations;
import io.aftercare.fleet.http.Page;
import io.aftercare.fleet.http.Problem;
import io.aftercare.fleet.http.Request;
import io.aftercare.fleet.http.Response;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;

/// Symbol files by HTTP.
public final class SymbolRoutes {
    private final Symbols symbols;

    public SymbolRoutes(Symbols symbols) {
        this.symbols = symbols;
    }

    public void bind(Operations operations) {
        operations.onBody("uploadSymbols", this::add).on("listSymbols", this::list)
                .on("getSymbols", this::get).on("deleteSymbols", this::delete);
    }

    private Response add(Request request, InputStream body) throws IOException {
        Symbols.Added added = symbols.add(request.principal(),
                new Symbols.Claim(request.query("product").orElse(null),
                        request.query("firmware").orElse(null), request.query("release").orElse(null),
                        request.query("name").orElse("symbols"), request.ifMatchGiven().orElse(null)),
                body);
        SymbolFile file = added.file();
        Response response = added.isNew()
                ? new Response(201, file, Map.of("Location", "/api/v1/symbols/" + file.buildId()))
                : Response.ok(file);
        return response.withVersion(file.version());
    }

    private Response list(Request request) {
        List<SymbolFile> rows = symbols.list(request.query("product").orElse(null),
                request.query("firmware").orElse(null), request.cursor(), request.limit() + 1);
        return Response.ok(Page.of(rows, request.limit(), file -> file.buildId().hex()));
    }

    private Response get(Request request) {
        SymbolFile file = symbols.find(id(request));
        return Response.versioned(file, file.version());
    }

    private Response delete(Request request) {
        symbols.delete(request.principal(), id(request), request.ifMatch());
        return Response.noContent();
    }

    private static BuildId id(Request request) {
        String text = request.path("buildId");
        return BuildId.parse(text).orElseThrow(() -> Problem.notFound("symbol file", text));
    }
}
