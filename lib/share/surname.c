/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The family names that are most frequent in Japan: about one resident in two has one of them. Those that are common words are left out. */
#include "config.h"
#include "share/share_i.h"
#include <string.h>

static const char *const names[] = {
	"佐藤", "鈴木", "高橋", "田中", "伊藤", "渡辺", "渡邊", "渡邉", "山本", "中村", "小林", "加藤", "吉田", "山田", "佐々木", "山口", "松本",
	"井上", "木村", "斎藤", "斉藤", "齋藤", "齊藤", "清水", "山崎", "阿部", "池田", "橋本", "山下", "石川", "中島", "前田", "藤田", "後藤", "小川",
	"岡田", "村上", "長谷川", "近藤", "石井", "坂本", "遠藤", "藤井", "青木", "福田", "三浦", "西村", "藤原", "太田", "松田", "原田", "岡本",
	"中川", "中野", "小野", "田村", "竹内", "金子", "和田", "中山", "石田", "上田", "森田", "柴田", "酒井", "工藤", "横山", "宮崎", "宮本",
	"内田", "高木", "谷口", "安藤", "丸山", "今井", "大野", "高田", "菅原", "河野", "藤本", "小島", "村田", "武田", "上野", "杉山", "増田",
	"平野", "菊地", "久保", "千葉", "松井", "小山", "野口", "岩崎", "新井", "菊池", "野村", "松尾", "木下", "佐野", "大塚", "島田", "古川",
	"水野", "桜井", "熊谷", "小松", "秋山", "桑原", "吉川", "関口", "服部", "土屋", "川口", "辻", "樋口", "五十嵐", "浜田", "西田", "本田",
};

size_t bpr_i_share_surname(const char *text)
{
	size_t best = 0;

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		size_t n = strlen(names[i]);

		if (n > best && !strncmp(text, names[i], n))
			best = n;
	}
	return best;
}
