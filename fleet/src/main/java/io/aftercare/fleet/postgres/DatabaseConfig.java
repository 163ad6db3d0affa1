package io.aftercare.fleet.postgres;

/// How to reach PostgreSQL: a JDBC URL, and who connects.
public record DatabaseConfig(String url, String user, String password) {
    public DatabaseConfig {
        if (!url.startsWith("jdbc:postgresql:")) {
            throw new IllegalArgumentException(
                    "a JDBC URL such as jdbc:postgresql://host:5432/aftercare is needed");
        }
    }

    /// The URL without its parameters, which may hold a password.
    public String withoutSecrets() {
        int parameters = url.indexOf('?');
        return parameters < 0 ? url : url.substring(0, parameters);
    }

    /// Without the password.
    @Override
    public String toString() {
        return user + "@" + withoutSecrets();
    }
}
