package io.aftercare.simulator.house;

import static io.aftercare.simulator.house.Case.fault;
import static io.aftercare.simulator.house.Case.form;
import static io.aftercare.simulator.house.Case.told;

import io.aftercare.simulator.house.Turn.Act;
import io.aftercare.simulator.house.Turn.AnswerRemote;
import io.aftercare.simulator.house.Turn.Article;
import io.aftercare.simulator.house.Turn.AskRemote;
import io.aftercare.simulator.house.Turn.Assign;
import io.aftercare.simulator.house.Turn.Call;
import io.aftercare.simulator.house.Turn.Escalate;
import io.aftercare.simulator.house.Turn.File;
import io.aftercare.simulator.house.Turn.FollowUp;
import io.aftercare.simulator.house.Turn.Judge;
import io.aftercare.simulator.house.Turn.Letter;
import io.aftercare.simulator.house.Turn.Logs;
import io.aftercare.simulator.house.Turn.Merge;
import io.aftercare.simulator.house.Turn.Move;
import io.aftercare.simulator.house.Turn.Note;
import io.aftercare.simulator.house.Turn.Refused;
import io.aftercare.simulator.house.Turn.Related;
import io.aftercare.simulator.house.Turn.Reply;
import io.aftercare.simulator.house.Turn.Run;
import io.aftercare.simulator.house.Turn.Snooze;
import io.aftercare.simulator.house.Turn.Survey;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The cases of the house that the desk itself works on: at least one in each state.
final class CaseBook {
    private final Owners owners;

    CaseBook(Owners owners) {
        this.owners = owners;
    }

    List<Case> all() {
        return Stream.of(byTelemetry(), inChinese(), inEnglish(), done()).flatMap(List::stream).toList();
    }

    private static List<Case> byTelemetry() {
        return List.of(
                fault("LP-2000-1001", "FUSER_OVERHEAT", new Assign("lin", Desk.ADMIN),
                        new Note("lin", "三台同型号打印机今天都过热，怀疑是热敏电阻批次问题。请先看证据图。")),
                fault("LP-2000-1001", "THERMISTOR_DRIFT",
                        new Merge("lin", "LP-2000-1001/FUSER_OVERHEAT", "同一原因 same cause")),
                fault("LP-2000-1002", "FUSER_OVERHEAT", new Assign("lin", "lin"),
                        new AskRemote("lin", List.of("action"), "重启加热控制器，约 10 秒，打印会暂停"),
                        new Related("lin", "LP-2000-1001/FUSER_OVERHEAT"),
                        new Refused("lin", "restart_heater", "try before the customer has answered")),
                fault("LP-2000-1003", "FUSER_OVERHEAT", new Assign("maria", "maria"),
                        new AskRemote("maria", List.of("action", "data"),
                                "Restart the heater's control and read its log"),
                        new AnswerRemote("maria", true, "Reception: yes, go ahead, nobody prints right now"),
                        new Act("maria", "restart_heater", "two sensors disagree", false),
                        new Logs("maria", "what the heater's control did since noon"),
                        new Article("maria", "Fuser overheating: look at the two thermistors first")),
                fault("RT-90-1007", "WAN_STALLED", new Assign("maria", "maria"),
                        new Run("maria", "Restart a stalled WAN link")),
                fault("RT-90-1002", "ROUTER_OVERHEAT", new Assign(Desk.ADMIN, Desk.ADMIN),
                        new Judge(Desk.ADMIN, "fault", "medium", "high"),
                        new Act(Desk.ADMIN, "ping", "is it still there", false),
                        new Act(Desk.ADMIN, "self_test", "see what the fan says", false)),
                fault("RT-90-1004", "LINE_NOISE", new Assign("yusuf", "yusuf"),
                        new Note("yusuf",
                                "Errors began after the roadworks; asked the carrier for a line test."),
                        new Move("yusuf", "waiting-vendor", Map.of("reason", "Carrier tests the line"))),
                fault("HP-8-1001", "EFFICIENCY_LOW",
                        new Snooze("maria", 20, "The owner is back tomorrow afternoon")),
                fault("LP-2000-1006", "HEATER_WEAK", new Assign("lin", "lin"),
                        new Judge("lin", "fault", "high", "medium"),
                        new Run("lin", "Look closer at a printer"),
                        new Move("lin", "in-progress", Map.of())));
    }

    private List<Case> inChinese() {
        return List.of(
                told("wifi", "lin", "phone", owners.ownerOf("RT-90-1010"), "RT-90-1010", "每晚八点后断网，重启才恢复",
                        "每天晚上八点到九点之间掉线，指示灯变红，拔电源后恢复。孩子上网课受影响。",
                        new Judge("lin", "fault", "high", "high"),
                        new Letter("lin", "您好，我们已收到您的报修，正在远程查看日志，请保持路由器通电。"),
                        new AskRemote("lin", List.of("action", "data"), "读取日志并重启 WAN 连接"),
                        new AnswerRemote("lin", true, "客户电话同意"),
                        new Act("lin", "restart_wan", "夜间掉线", false), new Logs("lin", "最近一小时的连接日志"),
                        new Call("lin", "已致电：客户同意今晚观察，明早回电。"),
                        new Move("lin", "waiting-customer", Map.of("reason", "等待客户今晚观察"))),
                told("jam", "lin", "app", owners.ownerOf("LP-2000-1005"), "LP-2000-1005", "卡纸 📄❗️ 反复出现",
                        "双面打印时第二页卡纸，每天三四次。",
                        new Judge("lin", "fault", "medium", "medium"),
                        new Move("lin", "waiting-customer", Map.of("reason", "请客户拍照")),
                        new Reply("照片发过来了，搓纸轮看起来很光滑。")),
                told("jam2", "yusuf", "phone", owners.ownerOf("LP-2000-1005"), "LP-2000-1005", "打印机又卡纸",
                        "和上次一样。",
                        new Merge("yusuf", "jam", "同一台设备同一问题")),
                told("print-room", "lin", "phone", owners.ownerOf("LP-2000-1008"), "LP-2000-1008",
                        "打印室三台机器同时变慢，期末考试卷今天下午必须印完", "从上午十点起每分钟只有两页。",
                        new Judge("lin", "fault", "high", "high"), new Escalate("lin", "学校考试卷，今天必须解决")),
                told("lock", "lin", "walk-in", owners.ownerOf("SL-10-1004"), "SL-10-1004", "门锁偶尔打不开",
                        "指纹识别成功但锁舌不动，要试三次。",
                        new Judge("lin", "fault", "medium", "high"),
                        new Move("lin", "waiting-parts", Map.of("reason", "等待电机备件"))),
                told("unknown", "lin", "marketplace", owners.ownerOf("AP-300-1003"), "S/N AP3OO-1003 (?)",
                        "净化器有异味", "开机十分钟后有塑料味。"),
                form("filter", owners.ownerOf("AP-300-1004"), "AP-300-1004", "滤芯提醒一直亮", "换了新滤芯，提醒灯不灭。"),
                form("form2", owners.ownerOf("RT-90-1008"), "RT-90-1008", "5G 信号在卧室很弱", "客厅正常，卧室只有一格。"));
    }

    private List<Case> inEnglish() {
        return List.of(
                told("scan", "maria", "mail", owners.ownerOf("LP-2000-1009"), "LP-2000-1009",
                        "Scans to e-mail stop after the first page",
                        "Since Thursday only the first page arrives. Printing works.",
                        new Judge("maria", "fault", "medium", "medium"),
                        new Letter("maria",
                                "Thank you for your report. Could you tell us which mail provider you use?"),
                        new Move("maria", "waiting-customer", Map.of("reason", "Which mail provider?"))),
                told("move", "maria", "phone", owners.ownerOf("RT-90-1009"), "RT-90-1009",
                        "Moving house next Monday",
                        "Wants to know what to unplug first, and whether the line number changes.",
                        new Judge("maria", "enquiry", "low", "low"), new Assign("maria", "maria")),
                told("cafe", "yusuf", "social", owners.ownerOf("AP-300-1006"), "AP-300-1006",
                        "Purifier rattles – guests complain ☕️",
                        "A rattling noise at high speed, louder in the evening.",
                        new Judge("yusuf", "fault", "low", "medium"),
                        new File("yusuf", "noise.txt",
                                "12 s recording described by phone: 120 Hz hum, rattle at 2,400 rpm"),
                        new Move("yusuf", "in-progress", Map.of())),
                told("hp-install", "maria", "web", owners.ownerOf("HP-8-1004"), "HP-8-1004",
                        "Installation of a new heat pump", "The plumber is done; please start it up.",
                        new Judge("maria", "installation", "medium", "low")),
                told("dark", "yusuf", "phone", owners.ownerOf("AP-300-1005"), "AP-300-1005",
                        "Shows offline in the app since the weekend",
                        "The light is on, the app says offline.",
                        new Judge("yusuf", "fault", "medium", "low"),
                        new Act("yusuf", "self_test", "waits until it is back", false),
                        new Move("yusuf", "waiting-device", Map.of("reason", "It has to come back first"))),
                told("wrong", "yusuf", "phone", owners.ownerOf("PC-10-1003"), "PC-10-1003", "Wrong number",
                        "Wanted another company.",
                        new Move("yusuf", "cancelled", Map.of("reason", "Meant for another company"))));
    }

    private List<Case> done() {
        return List.of(
                told("toner", "lin", "phone", owners.ownerOf("LP-2000-1010"), "LP-2000-1010", "打印有灰底",
                        "整页发灰。",
                        new Judge("lin", "fault", "low", "medium"), Turn.move("lin", "in-progress"),
                        Turn.solve("lin", "显影辊脏污，远程指导客户清洁", "清洁后打印测试页正常"),
                        new Survey(List.of(5, 5, 4, 5, 5), "十分钟就解决了，谢谢！")),
                told("update", "maria", "web", owners.ownerOf("RT-90-1012"), "RT-90-1012",
                        "How do I update the router?",
                        "The app shows an update.", new Judge("maria", "enquiry", "low", "low"),
                        new Move("maria", "resolved", Map.of("reason",
                                "Explained that it updates itself between 2 and 4 at night")),
                        Turn.verify("maria", "The customer found the night window in the app"),
                        new Survey(List.of(5, 4, 5, 5, 4), "Fast and friendly")),
                told("bolt", "yusuf", "phone", owners.ownerOf("SL-10-1005"), "SL-10-1005",
                        "Lock beeps at every turn",
                        "Three short beeps.", new Judge("yusuf", "fault", "low", "low"),
                        Turn.move("yusuf", "in-progress"),
                        Turn.solve("yusuf", "Cells nearly empty", "Four new cells; ten turns without a beep"),
                        Turn.verify("yusuf", "Called the next day: silent"), Turn.close("yusuf")),
                told("again", "lin", "phone", owners.ownerOf("RT-90-1011"), "RT-90-1011", "网速慢", "测速只有 20 兆。",
                        new Judge("lin", "fault", "medium", "medium"), Turn.move("lin", "in-progress"),
                        Turn.solve("lin", "信道拥挤", "改到 11 信道后测速 480 兆"),
                        new Survey(List.of(3, 4, 2, 1, 3), "第二天又慢了"),
                        new Move("lin", "reopened", Map.of("reason", "客户回电：第二天又变慢")),
                        new FollowUp("lin", "call-back", 4, "再次测速并解释", "lin")));
    }
}
