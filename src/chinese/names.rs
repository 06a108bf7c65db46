//! Names of persons: Chinese ones by their surnames, foreign ones by the characters that their sounds are written with.

use super::fold::fold;
use crate::unicode::is_han;

/// The characters with which the sounds of foreign names are written, as the tables of translated names have them, but for those that
/// are words by themselves too often (的, 了, 不).
const SOUNDS: &str = "阿埃艾爱安昂奥巴白柏班邦贝本比彼别宾波伯博布采查达戴黛丹当道德登邓狄迪蒂蒙丁东都杜顿多厄恩尔法范菲费芬丰佛\
弗夫福富盖甘冈高戈格葛根贡古瓜圭哈海汉豪赫黑亨洪侯胡华怀惠霍基吉季加嘉贾简杰金京久卡凯坎康考柯科克肯孔库夸奎昆拉莱赖兰朗劳\
勒雷蕾黎里理丽利莉琳林列留龙隆卢鲁路伦罗洛马玛迈麦曼芒毛梅门孟米密敏明缪摩莫默姆木穆拿内纳娜奈南瑙尼妮涅宁纽农努诺欧帕潘庞\
佩彭皮平珀普奇齐恰钱强乔切钦琴青丘琼屈热仁日荣茹儒瑞若撒萨塞赛桑瑟森沙莎珊尚绍舍申圣施什史士舒斯丝松苏索塔台泰坦汤唐陶特腾\
提廷图吐托陀瓦万旺威韦维卫魏温文翁沃乌武伍西希锡席夏香肖谢辛欣兴休雪雅亚延杨耶叶伊易因英尤于约泽曾扎詹张珍芝治朱卓兹祖佐茨蔡策川措迭赫喀可居\
蓝立良娄蒙缅那囊年派培蓬契群生石顺孙田通雄许永增哲州翰侬";
/// Those of them that write hardly anything but names.
const FOREIGN: &str = "阿埃艾奥彼蒂迪尔弗菲戈赫霍凯科克肯拉莱勒蕾莉琳洛玛姆纳娜奈尼妮涅诺帕潘佩珀普恰乔琼茹萨塞瑟莎斯丝索塔特腾廷托\
陀瓦韦维沃辛雅亚耶伊詹兹茨顿伦森罗布翰坦侬";
/// Longest part of a name, in characters.
const MOST: usize = 6;

/// Whether a point between `before` and `behind` parts a foreign name, `比尔.克林顿昨天`: on both sides two sounds and more, and those
/// before it are no long run of words.
pub fn meet(before: &[char], behind: &[char]) -> bool {
    let sounds = |chars: &mut dyn Iterator<Item = &char>| {
        chars.take(MOST + 1).take_while(|&&c| SOUNDS.contains(fold(c))).count()
    };
    let left = sounds(&mut before.iter().rev());
    let right = sounds(&mut behind.iter());
    let begins = before.len().checked_sub(left + 1).and_then(|at| before.get(at)).is_none_or(|c| !is_han(*c));
    let ends = behind.get(right).is_none_or(|c| !is_han(*c));
    let foreign = |chars: &mut dyn Iterator<Item = &char>| chars.filter(|&&c| FOREIGN.contains(fold(c))).count();
    let marked = foreign(&mut before.iter().rev().take(left)) + foreign(&mut behind.iter().take(right));
    // One sound is a name where nothing else stands beside it.
    let left_is = (2..=MOST).contains(&left) || left == 1 && begins;
    let right_is = right >= 2 || right == 1 && ends;
    left_is && right_is && left + right >= 4 && marked >= 2
}

/// The commonest surnames (of some 98 in a hundred persons).
const SURNAMES: &str = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳\
鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季\
麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯管卢莫经房裘缪干解应宗丁宣邓郁单杭洪包诸左石崔吉钮龚程嵇邢滑裴陆荣翁荀羊惠甄曲家封芮羿储靳\
汲邴糜松井段富巫乌焦巴弓牧隗山谷车侯宓蓬全郗班仰秋仲伊宫宁仇栾暴甘厉戎祖武符刘景詹束龙叶幸司韶郜黎蓟薄印宿白怀蒲邰从鄂索咸籍赖卓蔺屠蒙池乔阴胥能苍双闻\
莘党翟谭贡劳逄姬申扶堵冉宰郦雍璩桑桂濮牛寿通边扈燕冀浦尚农温别庄晏柴瞿阎充慕连茹习宦艾鱼容向古易慎戈廖庾终暨居衡步都耿满弘匡国文寇广禄阙东欧殳沃利蔚越\
夔隆师巩厍聂晁勾敖融冷訾辛阚那简饶空曾毋沙乜养鞠须丰巢关蒯相查后荆红游竺权逯盖益桓公肖";
/// Surnames of two characters.
const COMPOUND: [&str; 14] =
    ["欧阳", "司马", "上官", "诸葛", "东方", "皇甫", "尉迟", "公孙", "慕容", "司徒", "令狐", "夏侯", "长孙", "端木"];
/// The longest name of a foreigner, in characters.
const FOREIGNER: usize = 14;

/// Whether `text` is the name of a person and no more: `余华`, `欧阳修`, `古斯塔夫·勒庞`, `洛克菲勒`.
pub fn is_name(text: &str) -> bool {
    let count = text.chars().count();
    if text.contains(['·', '•', '・']) {
        let part = |part: &str| !part.is_empty() && part.chars().all(|c| is_han(c) || c.is_ascii_alphabetic());
        return count <= FOREIGNER
            && text.split(['·', '•', '・']).all(part)
            && text.chars().filter(|&c| is_han(c)).count() > 3;
    }
    if !text.chars().all(is_han) {
        return false;
    }
    let folded: String = text.chars().map(fold).collect();
    let compound = COMPOUND.iter().any(|surname| folded.starts_with(surname)) && (3..=4).contains(&count);
    let own = folded.starts_with(|c| SURNAMES.contains(c)) && (2..=3).contains(&count);
    let sounds = folded.chars().all(|c| SOUNDS.contains(c));
    let foreign = sounds && (3..=6).contains(&count) && folded.chars().filter(|&c| FOREIGN.contains(c)).count() >= 2;
    own || compound || foreign
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_persons_are_known_by_their_characters() {
        for name in ["余华", "欧阳修", "古斯塔夫·勒庞", "洛克菲勒", "羅貫中", "列夫·托尔斯泰"]
        {
            assert!(super::is_name(name), "{name}");
        }
        for text in ["操场", "第一章", "图书简介", "渡口的人", "A·B", "甲·乙·丙"] {
            assert!(!super::is_name(text), "{text}");
        }
    }

    #[test]
    fn names_meet_at_a_point_and_sentences_do_not() {
        let meet = |text: &str| {
            let (before, behind) = text.split_once('.').unwrap();
            meet(&before.chars().collect::<Vec<_>>(), &behind.chars().collect::<Vec<_>>())
        };
        for text in ["总统比尔.克林顿昨天", "國務卿瑪德琳.奧爾布賴特", "列.托尔斯泰说", "史蒂夫.乔布斯"]
        {
            assert!(meet(text), "{text}");
        }
        for text in
            ["召开了会议.会上讨论了", "他来了.天黑了", "说明.请看", "他姓马.家在海南", "周西伯.西伯将出", "高祖.高祖曰"]
        {
            assert!(!meet(text), "{text}");
        }
    }
}
