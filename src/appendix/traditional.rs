//! What the program says in Chinese, for readers of traditional characters. Its own words are few, so a table serves; it is made for
//! them and not for texts.

/// Words that are others in Taiwan, or of which a character has more than one traditional form.
const WORDS: &[(&str, &str)] = &[
    ("文件夹", "資料夾"),
    ("文件", "檔案"),
    ("文本", "文字"),
    ("字节", "位元組"),
    ("字符", "字元"),
    ("全角", "全形"),
    ("半角", "半形"),
    ("光标", "游標"),
    ("程序", "程式"),
    ("设置", "設定"),
    ("磁盘", "磁碟"),
    ("链接", "連結"),
    ("重复", "重複"),
    ("合并", "合併"),
    ("一并", "一併"),
];

/// Simplified characters, each with its traditional form.
const CHARACTERS: &str = "专專丢丟两兩个個为為书書仅僅体體侧側关關内內写寫冲衝减減则則别別动動区區单單压壓双雙叠疊号號叹嘆围圍国國图圖圆圓处處复復头頭夹夾实實宽寬对對将將尔爾帮幫库庫应應开開弯彎归歸当當录錄径徑报報损損换換据據数數\
断斷无無旧舊时時显顯权權条條来來标標样樣档檔欧歐毁毀汉漢没沒满滿点點电電盖蓋盘盤码碼种種称稱竖豎类類纠糾级級纯純纲綱纸紙线線终終经經结結给給统統编編缩縮节節装裝见見规規记記许許设設识識词詞语語误誤请請\
读讀负負转轉轮輪软軟较較输輸过過还還这這进進连連邻鄰释釋链鏈错錯键鍵长長问問间間韩韓页頁顺順须須顿頓题題颜顏额額饰飾后後里裡于於并並与與";

/// `words` in traditional characters.
pub fn traditional(words: &str) -> String {
    let words = WORDS.iter().fold(words.to_owned(), |words, (simplified, other)| words.replace(simplified, other));
    let form = |c: char| {
        let mut pairs = CHARACTERS.chars().step_by(2).zip(CHARACTERS.chars().skip(1).step_by(2));
        pairs.find(|(simplified, _)| *simplified == c).map_or(c, |(_, traditional)| traditional)
    };
    words.chars().map(form).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chinese::script::script;
    use crate::normalize::RULES;

    #[test]
    fn what_rules_do_is_said_in_traditional_characters() {
        assert_eq!(traditional("合并按固定宽度折断的段落"), "合併按固定寬度折斷的段落");
        assert_eq!(traditional("中文里的半角冒号改为全角"), "中文裡的半形冒號改為全形");
        assert_eq!(traditional("去掉文件开头的字节顺序标记"), "去掉檔案開頭的位元組順序標記");
        for rule in RULES {
            // The examples of wrong readings are no words.
            let said: String = traditional(rule.zh).chars().filter(|c| !"鎴戜滑锟斤拷".contains(*c)).collect();
            assert_eq!(script(said.chars()).simplified, 0, "{said}");
        }
    }
}
