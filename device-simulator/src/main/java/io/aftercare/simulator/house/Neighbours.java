package io.aftercare.simulator.house;

import java.util.List;

/// The customers of the house. Their names are as customers' names are: short, long, right to left, with a picture in them.
final class Neighbours {
    static final List<Neighbour> ALL = List.of(
            china("王芳", "138 0000 1001", "wang.fang", "上海市徐汇区漕溪北路 18 号 1204 室", "gold", Town.EAST),
            china("李伟", "138 0000 1002", "li.wei", "上海市浦东新区世纪大道 100 号", "standard", Town.EAST),
            china("张秀英", "138 0000 1003", "zhang.xy", "杭州市西湖区文三路 478 号", "standard", Town.EAST),
            china("陈思远", "138 0000 1004", "chen.siyuan", "苏州市工业园区星湖街 328 号", "vip", Town.EAST),
            china("上海蓝天国际学校（初中部打印室）", "021 5555 0199", "print.room", "上海市闵行区虹桥路 2381 号教学楼 B 座 3 层",
                    "vip", Town.EAST),
            china("刘洋 🐼", "138 0000 1006", "panda.liu", "南京市鼓楼区中山路 1 号", "standard", Town.EAST),
            china("欧阳娜娜", "138 0000 1007", "ouyang", "宁波市海曙区药行街 66 号", "gold", Town.EAST),
            china("周杰", "138 0000 1008", "zhou.jie", "无锡市滨湖区太湖大道 1188 号", "standard", Town.EAST),
            china("黄志强", "138 0000 2001", "huang.zq", "深圳市南山区科技园高新南一道 6 号", "gold", Town.SOUTH),
            china("林美玲", "138 0000 2002", "lin.ml", "广州市天河区体育西路 103 号", "standard", Town.SOUTH),
            china("何家俊", "138 0000 2003", "he.jj", "珠海市香洲区情侣中路 47 号", "standard", Town.SOUTH),
            china("南方咖啡连锁有限公司", "0755 8888 0020", "ops.southcoffee", "深圳市福田区深南大道 4009 号投资大厦", "vip",
                    Town.SOUTH),
            china("梁小红", "138 0000 2005", "liang.xh", "佛山市禅城区季华五路 22 号", "standard", Town.SOUTH),
            china("吴昊", "138 0000 2006", "wu.hao", "厦门市思明区环岛南路 1 号", "standard", Town.SOUTH),
            europe("Anna Schäfer", "+49 30 5550 1001", "anna.schaefer", "Torstraße 102, 10119 Berlin",
                    "gold"),
            europe("Jean-Baptiste Lefèvre", "+33 1 5555 0102", "jb.lefevre", "14 rue de la Paix, 75002 Paris",
                    "standard"),
            europe("Müller & Söhne Steuerberatungsgesellschaft mit beschränkter Haftung, Zweigniederlassung "
                    + "Charlottenburg-Wilmersdorf, Empfang im Erdgeschoss", "+49 30 5550 1003",
                    "empfang.mueller",
                    "Kurfürstendamm 195, 10707 Berlin", "vip"),
            europe("ליאור כהן", "+49 30 5550 1004", "lior.cohen", "Sonnenallee 9, 12047 Berlin", "standard"),
            europe("محمد الأحمد", "+49 30 5550 1005", "m.alahmad", "Karl-Marx-Straße 83, 12043 Berlin",
                    "standard"),
            europe("Zoë O’Connor ☕️", "+353 1 555 0106", "zoe.oconnor", "8 Dame Street, Dublin 2",
                    "standard"),
            europe("Ευαγγελία Παπαδοπούλου", "+30 21 0555 0107", "e.papadopoulou", "Ermou 41, 10563 Athens",
                    "gold"),
            europe("Ola Nordmann", "+47 22 55 01 08", "ola.nordmann", "Storgata 5, 0155 Oslo", "standard"),
            europe("Café Kranzler GmbH", "+49 30 5550 1009", "office.kranzler",
                    "Kranzler Eck 1, 10623 Berlin",
                    "gold"),
            europe("Žofie Dvořáková", "+420 255 501 010", "zofie.d", "Náměstí Míru 3, 12000 Praha",
                    "standard"));

    private Neighbours() {}

    private static Neighbour china(String name, String phone, String mail, String address, String grade,
            String region) {
        return new Neighbour(name, phone, mail + "@example.cn", address, "zh", grade, "phone", region);
    }

    private static Neighbour europe(String name, String phone, String mail, String address, String grade) {
        return new Neighbour(name, phone, mail + "@example.com", address, "en", grade, "mail", Town.EUROPE);
    }

    static List<Neighbour> in(String region) {
        return ALL.stream().filter(each -> each.region().equals(region)).toList();
    }
}
