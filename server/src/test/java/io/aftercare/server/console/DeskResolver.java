package io.aftercare.server.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;

/// Gives a test its desks. When it ends, what the browser complained of fails it; of a failed test the window and Playwright's
/// trace are kept under `target/screenshots/failed`.
///
/// The [ConsoleWorld] is started by the first test of the run that asks for it, and ends with the run.
final class DeskResolver implements ParameterResolver, AfterEachCallback {
    private static final Namespace OURS = Namespace.create(DeskResolver.class);

    private static final class Desks extends ArrayList<Desk> {}

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
        Class<?> type = parameter.getParameter().getType();
        return type == Desk.class || type == ConsoleWorld.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext test) {
        ConsoleWorld world = world(test);
        if (parameter.getParameter().getType() == ConsoleWorld.class) {
            return world;
        }
        Desk desk = Desk.vacant(world);
        desks(test).add(desk);
        String role = parameter.findAnnotation(As.class).map(As::value).orElse("admin");
        return role.equals(As.NOBODY) ? desk : desk.signIn(role);
    }

    private static ConsoleWorld world(ExtensionContext test) {
        // of the session, for each class that a forked JVM is handed is a plan of its own
        Store run = test.getStore(StoreScope.LAUNCHER_SESSION, OURS);
        Chromium chromium = run.computeIfAbsent(Chromium.class, _ -> Chromium.start(), Chromium.class);
        return run.computeIfAbsent(ConsoleWorld.class, _ -> {
            try {
                return ConsoleWorld.of(chromium, Place.find());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new ParameterResolutionException("interrupted", e);
            } catch (IOException e) {
                throw new ParameterResolutionException("The backend or the browser did not start", e);
            }
        }, ConsoleWorld.class);
    }

    private static List<Desk> desks(ExtensionContext test) {
        return test.getStore(OURS).computeIfAbsent(Desks.class, _ -> new Desks(), Desks.class);
    }

    @Override
    public void afterEach(ExtensionContext test) {
        String name = test.getRequiredTestClass().getSimpleName() + "."
                + test.getRequiredTestMethod().getName();
        List<String> complaints = new ArrayList<>();
        for (Desk desk : desks(test)) {
            try (desk) {
                List<String> heard = desk.complaints().all();
                if (test.getExecutionException().isPresent() || !heard.isEmpty()) {
                    desk.keep(name);
                }
                complaints.addAll(heard);
            }
        }
        assertThat(complaints).as("what the browser complained of").isEmpty();
    }
}
