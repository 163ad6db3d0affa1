package io.aftercare.simulator.register;

import io.aftercare.simulator.credentials.Credential;
import io.aftercare.simulator.credentials.CredentialsFile;
import io.aftercare.simulator.product.Product;
import io.aftercare.simulator.staff.StaffApi;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The options that every command with devices has: where the backend is, who the devices are, and whether to create
/// them.
public final class BackendOptions {
    @Option(names = "--host", defaultValue = "127.0.0.1", description = "the broker's host (default ${DEFAULT-VALUE})")
    public String host = "";

    @Option(names = "--port", defaultValue = "1883", description = "the broker's MQTT port (default ${DEFAULT-VALUE})")
    public int port;

    @Option(names = "--http", defaultValue = "http://127.0.0.1:8080", description = "the backend's HTTP address (default ${DEFAULT-VALUE})")
    public String http = "";

    @Option(names = "--credentials", description = "CSV (id,model,token) or JSON file of the devices; written by --register")
    public @Nullable Path credentials;

    @Option(names = "--register", description = "create products and devices that are missing, and keep the tokens in --credentials")
    public boolean register;

    @Option(names = "--user", defaultValue = "admin", description = "with --register: who logs in (default ${DEFAULT-VALUE})")
    String user = "";

    @Option(names = "--password", defaultValue = "${env:AFTERCARE_ADMIN_PASSWORD}", description = "with --register: the password (default: the environment's AFTERCARE_ADMIN_PASSWORD)")
    @Nullable
    String password;

    /// A device that a command wants, and the product it is.
    public record Wanted(String id, Product product) {}

    /// With `--register` the wanted devices, created where missing; else what `--credentials` holds.
    ///
    /// @throws IllegalArgumentException where neither is given, or the file holds no device
    public List<Credential> devices(List<Wanted> wanted) throws IOException, InterruptedException {
        if (register) {
            return registered(wanted);
        }
        if (credentials == null) {
            throw new IllegalArgumentException(
                    "give the devices by --credentials FILE (id,model,token), or create them with --register");
        }
        List<Credential> all = CredentialsFile.read(credentials);
        if (all.isEmpty()) {
            throw new IllegalArgumentException(credentials + " holds no device");
        }
        return all;
    }

    private List<Credential> registered(List<Wanted> wanted) throws IOException, InterruptedException {
        if (credentials == null) {
            throw new IllegalArgumentException(
                    "--register needs --credentials FILE: tokens are shown only once");
        }
        if (password == null || password.isEmpty()) {
            throw new IllegalArgumentException("--register needs --password");
        }
        Registration registration = new Registration(StaffApi.login(http, user, password));
        Map<String, Credential> kept = new LinkedHashMap<>();
        CredentialsFile.readIfPresent(credentials).forEach(each -> kept.put(each.id(), each));
        Map<Product, List<Credential>> byProduct = new LinkedHashMap<>();
        for (Wanted each : wanted) {
            byProduct.computeIfAbsent(each.product, _ -> new ArrayList<>())
                    .add(new Credential(each.id, each.product.model(), ""));
        }
        List<Credential> all = new ArrayList<>();
        for (Map.Entry<Product, List<Credential>> group : byProduct.entrySet()) {
            registration.product(group.getKey());
            all.addAll(registration.devices(group.getValue(), List.copyOf(kept.values()),
                    group.getKey().hardware()));
        }
        all.forEach(each -> kept.put(each.id(), each));
        CredentialsFile.write(credentials, List.copyOf(kept.values()));
        return all;
    }
}
