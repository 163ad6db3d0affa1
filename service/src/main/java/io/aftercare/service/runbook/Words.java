package io.aftercare.service.runbook;

/// Steps in the words of the desk.
final class Words {
    private Words() {}

    static String en(Step step) {
        return switch (step) {
            case Step.Manual manual -> manual.en();
            case Step.Ask ask -> ask.en();
            case Step.Act act -> "Do " + act.action() + on(act);
            case Step.Check check -> "Check that " + check.is().text() + within(check.is());
            case Step.Wait wait -> "Wait " + wait.length();
            case Step.Branch branch ->
                "If " + branch.when().text() + " go on at " + branch.then() + ", else at "
                        + branch.otherwise();
            case Step.End end ->
                "End: " + end.result().text() + (end.reason().isEmpty() ? "" : ", " + end.reason());
        };
    }

    static String zh(Step step) {
        return switch (step) {
            case Step.Manual manual -> manual.zh();
            case Step.Ask ask -> ask.zh();
            case Step.Act act -> "执行 " + act.action() + on(act);
            case Step.Check check -> "检查：" + check.is().text() + within(check.is());
            case Step.Wait wait -> "等待 " + wait.length();
            case Step.Branch branch -> "若 " + branch.when().text() + " 转到 " + branch.then() + "，否则转到 "
                    + branch.otherwise();
            case Step.End end ->
                "结束：" + end.result().text() + (end.reason().isEmpty() ? "" : "，" + end.reason());
        };
    }

    private static String on(Step.Act act) {
        return act.params().isEmpty() ? "" : " " + act.params();
    }

    private static String within(Condition condition) {
        return condition.within().isZero() ? "" : " within " + condition.within();
    }
}
