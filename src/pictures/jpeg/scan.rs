//! The coded data of a JPEG file, walked from code to code without making a picture of it (ITU-T T.81, annexes F and G): damage shows in a
//! code that there is not, in more values than a block has, or in data that end before the picture does or after it.

use crate::lang::Phrase;
use crate::pictures::why;

/// Most scans: a progressive picture has about ten, and each is a walk over all of its blocks.
const SCANS: usize = 200;
/// Bytes behind the last block of a scan that are no damage: some encoders fill up there.
const SURPLUS: usize = 4;
/// Values of a block.
const BLOCK: u32 = 64;

/// A table of Huffman codes.
#[derive(Debug, Clone)]
struct Codes {
    /// For eight bits the symbol whose code they begin with, and the length of the code; 0 where it is longer.
    short: [(u8, u8); 256],
    /// For each length from 1 on: the code beyond the last one, and where the symbols of the codes of this length begin, less the first code.
    longer: [(u32, i32); 16],
    symbols: Vec<u8>,
}

impl Codes {
    /// The table with so many codes of each length, for these symbols.
    fn new(counts: &[u8], symbols: &[u8]) -> Result<Self, Phrase> {
        let mut codes = Codes { short: [(0, 0); 256], longer: [(0, 0); 16], symbols: symbols.to_vec() };
        let (mut code, mut taken) = (0u32, 0usize);
        for (length, &count) in (1u32..).zip(counts) {
            let beyond = code + u32::from(count);
            if beyond > 1 << length {
                return Err(why::DAMAGED);
            }
            codes.longer[length as usize - 1] = (beyond, taken as i32 - code as i32);
            for code in code..beyond {
                if length <= 8 {
                    let first = (code << (8 - length)) as usize;
                    codes.short[first..first + (1 << (8 - length))].fill((symbols[taken], length as u8));
                }
                taken += 1;
            }
            code = beyond << 1;
        }
        Ok(codes)
    }
}

/// The bits between two markers.
struct Bits<'b> {
    rest: &'b [u8],
    /// The next of them, from the highest on.
    held: u64,
    count: u32,
}

impl<'b> Bits<'b> {
    fn new(rest: &'b [u8]) -> Self {
        Bits { rest, held: 0, count: 0 }
    }

    fn fill(&mut self) {
        while self.count <= 56 {
            let (byte, rest) = match self.rest {
                [0xFF, 0x00, rest @ ..] => (0xFF, rest),
                [0xFF, ..] | [] => return,
                [byte, rest @ ..] => (*byte, rest),
            };
            self.held |= u64::from(byte) << (56 - self.count);
            self.count += 8;
            self.rest = rest;
        }
    }

    /// The next `count` bits, at most sixteen.
    fn take(&mut self, count: u32) -> Result<u32, Phrase> {
        if self.count < count {
            self.fill();
            if self.count < count {
                return Err(why::DAMAGED);
            }
        }
        let taken = if count == 0 { 0 } else { (self.held >> (64 - count)) as u32 };
        self.held <<= count;
        self.count -= count;
        Ok(taken)
    }

    /// The symbol of the next code.
    fn symbol(&mut self, codes: &Codes) -> Result<u8, Phrase> {
        if self.count < 16 {
            self.fill();
        }
        let (symbol, length) = codes.short[(self.held >> 56) as usize];
        if length > 0 {
            return self.take(length.into()).map(|_| symbol);
        }
        for length in 9..=16 {
            let code = (self.held >> (64 - length)) as u32;
            let (beyond, from) = codes.longer[length as usize - 1];
            if code < beyond {
                self.take(length)?;
                return codes.symbols.get((code as i32 + from) as usize).copied().ok_or(why::DAMAGED);
            }
        }
        Err(why::DAMAGED)
    }

    /// Goes on behind the restart marker of this number, which comes next.
    fn restart(&mut self, number: u8) -> Result<(), Phrase> {
        if self.count >= 8 {
            return Err(why::DAMAGED);
        }
        let fill = self.rest.iter().take_while(|&&byte| byte == 0xFF).count();
        match self.rest.get(fill..) {
            Some([marker, rest @ ..]) if fill > 0 && *marker == 0xD0 + number => *self = Bits::new(rest),
            _ => return Err(why::DAMAGED),
        }
        Ok(())
    }
}

/// A component of the picture.
#[derive(Debug)]
struct Component {
    id: u8,
    /// How many of its blocks stand in a unit of several components, across and down.
    sampling: (u32, u32),
    /// Its blocks where it stands alone, across and down.
    blocks: (u32, u32),
    quantizer: usize,
    scanned: bool,
    /// Which values of each block are not 0 so far; empty where the picture is not progressive.
    known: Vec<u64>,
}

/// What the segments before a scan say of it.
#[derive(Debug, Default)]
pub struct Frame {
    progressive: bool,
    components: Vec<Component>,
    /// Units of several components, across and down.
    units: (u32, u32),
    scans: usize,
    restart: u32,
    quantizers: [bool; 4],
    /// Those of the first value of a block, and those of the others.
    codes: [[Option<Codes>; 4]; 2],
}

/// What a scan codes of each block.
struct Part {
    /// Its first and last value.
    values: (u32, u32),
    /// Whether it adds a bit to what is known.
    refines: bool,
    /// Whether blocks that have nothing there are counted.
    runs: bool,
}

impl Frame {
    /// Takes in the header of a frame, whose picture has this `size`.
    pub fn begin(&mut self, segment: &[u8], size: (u32, u32), progressive: bool) -> Result<(), Phrase> {
        if !self.components.is_empty() {
            return Err(why::DAMAGED);
        }
        let count = usize::from(*segment.get(5).ok_or(why::DAMAGED)?);
        let rows = segment.get(6..6 + 3 * count).ok_or(why::DAMAGED)?.chunks_exact(3);
        let sampling = |row: &[u8]| (u32::from(row[1] >> 4), u32::from(row[1] & 15));
        let all = || rows.clone().map(sampling);
        if all().any(|(across, down)| !(1..=4).contains(&across) || !(1..=4).contains(&down)) {
            return Err(why::DAMAGED);
        }
        let most = (all().map(|s| s.0).max().unwrap_or(1), all().map(|s| s.1).max().unwrap_or(1));
        self.units = (size.0.div_ceil(8 * most.0), size.1.div_ceil(8 * most.1));
        self.progressive = progressive;
        for row in rows {
            let (across, down) = sampling(row);
            let blocks = ((size.0 * across).div_ceil(8 * most.0), (size.1 * down).div_ceil(8 * most.1));
            let known = if progressive { vec![0; blocks.0 as usize * blocks.1 as usize] } else { vec![] };
            let quantizer = usize::from(row[2]);
            let (id, sampling) = (row[0], (across, down));
            self.components.push(Component { id, sampling, blocks, quantizer, scanned: false, known });
        }
        Ok(())
    }

    /// Takes in tables of quantizers.
    pub fn quantizers(&mut self, mut segment: &[u8]) -> Result<(), Phrase> {
        while let [kind, rest @ ..] = segment {
            let length = if kind >> 4 == 0 { 64 } else { 128 };
            *self.quantizers.get_mut(usize::from(kind & 15)).ok_or(why::DAMAGED)? = true;
            segment = rest.get(length..).ok_or(why::DAMAGED)?;
        }
        Ok(())
    }

    /// Takes in tables of codes.
    pub fn codes(&mut self, mut segment: &[u8]) -> Result<(), Phrase> {
        while let [kind, rest @ ..] = segment {
            let counts = rest.get(..16).ok_or(why::DAMAGED)?;
            let length: usize = counts.iter().map(|&count| usize::from(count)).sum();
            let symbols = rest.get(16..16 + length).ok_or(why::DAMAGED)?;
            let tables = self.codes.get_mut(usize::from(kind >> 4)).ok_or(why::DAMAGED)?;
            *tables.get_mut(usize::from(kind & 15)).ok_or(why::DAMAGED)? = Some(Codes::new(counts, symbols)?);
            segment = &rest[16 + length..];
        }
        Ok(())
    }

    /// Takes in after how many units there is a marker.
    pub fn restarts(&mut self, segment: &[u8]) -> Result<(), Phrase> {
        let &[high, low] = segment else { return Err(why::DAMAGED) };
        self.restart = u16::from_be_bytes([high, low]).into();
        Ok(())
    }

    /// Whether all of the picture was there.
    pub fn is_whole(&self) -> bool {
        !self.components.is_empty() && self.components.iter().all(|component| component.scanned)
    }

    /// Walks the scan whose header is `segment`, and whose coded data are `data`.
    pub fn scan(&mut self, segment: &[u8], data: &[u8]) -> Result<(), Phrase> {
        self.scans += 1;
        if self.scans > SCANS {
            return Err(why::RARE_JPEG);
        }
        let (&count, rest) = segment.split_first().ok_or(why::DAMAGED)?;
        let (rows, rest) = rest.split_at_checked(2 * usize::from(count)).ok_or(why::DAMAGED)?;
        let &[first, last, bits] = rest else { return Err(why::DAMAGED) };
        let part = match self.progressive {
            true => Part { values: (first.into(), last.into()), refines: bits >> 4 != 0, runs: true },
            false => Part { values: (0, BLOCK - 1), refines: false, runs: false },
        };
        let (first, last) = part.values;
        // Of the others than the first value, a scan has those of one component.
        if last >= BLOCK || first > last || self.progressive && (first == 0) != (last == 0) || first > 0 && count != 1 {
            return Err(why::DAMAGED);
        }
        let mut scanned = vec![];
        for row in rows.chunks_exact(2) {
            let number = self.components.iter().position(|component| component.id == row[0]).ok_or(why::DAMAGED)?;
            let component = &mut self.components[number];
            if self.quantizers.get(component.quantizer) != Some(&true) {
                return Err(why::DAMAGED);
            }
            component.scanned |= first == 0;
            scanned.push((number, [usize::from(row[1] >> 4), usize::from(row[1] & 15)]));
        }
        let units = match scanned[..] {
            [] => return Err(why::DAMAGED),
            [(only, _)] => self.components[only].blocks,
            _ => self.units,
        };
        let alone = scanned.len() == 1;
        let (mut bits, mut run) = (Bits::new(data), 0);
        for unit in 0..units.0 * units.1 {
            if self.restart > 0 && unit > 0 && unit % self.restart == 0 {
                bits.restart(((unit / self.restart - 1) % 8) as u8)?;
                run = 0;
            }
            for &(number, tables) in &scanned {
                let component = &mut self.components[number];
                let (across, down) = if alone { (1, 1) } else { component.sampling };
                let tables = [0, 1].map(|class| self.codes[class].get(tables[class]).and_then(Option::as_ref));
                for _ in 0..across * down {
                    match self.progressive {
                        true if first > 0 => {
                            let known = component.known.get_mut(unit as usize).ok_or(why::DAMAGED)?;
                            others(&mut bits, tables[1].ok_or(why::DAMAGED)?, &part, known, &mut run)?;
                        }
                        true if part.refines => drop(bits.take(1)?),
                        true => beginning(&mut bits, tables[0])?,
                        false => {
                            beginning(&mut bits, tables[0])?;
                            others(&mut bits, tables[1].ok_or(why::DAMAGED)?, &part, &mut 0, &mut 0)?;
                        }
                    }
                }
            }
        }
        let surplus = bits.count as usize / 8 + bits.rest.len();
        if surplus > SURPLUS { Err(why::DAMAGED) } else { Ok(()) }
    }
}

/// Walks the first value of a block.
fn beginning(bits: &mut Bits<'_>, codes: Option<&Codes>) -> Result<(), Phrase> {
    match bits.symbol(codes.ok_or(why::DAMAGED)?)? {
        length @ 0..=11 => bits.take(length.into()).map(|_| ()),
        _ => Err(why::DAMAGED),
    }
}

/// Walks the other values of a block that a scan has; `known` are those that are not 0, and for `run` blocks more there are none.
fn others(bits: &mut Bits<'_>, codes: &Codes, part: &Part, known: &mut u64, run: &mut u32) -> Result<(), Phrase> {
    let (first, last) = part.values;
    let mut at = first.max(1);
    while *run == 0 && at <= last {
        let symbol = bits.symbol(codes)?;
        let (mut zeros, length) = (u32::from(symbol >> 4), u32::from(symbol & 15));
        if length == 0 && zeros < 15 {
            if zeros > 0 && !part.runs {
                return Err(why::DAMAGED);
            }
            *run = (1 << zeros) + bits.take(zeros)?;
            break;
        }
        if !part.refines {
            at += zeros;
            if length > 0 && at > last {
                return Err(why::DAMAGED);
            }
            bits.take(length)?;
            *known |= u64::from(length > 0) << (at & 63);
            at += 1;
            continue;
        }
        if length > 1 {
            return Err(why::DAMAGED);
        }
        bits.take(length)?;
        // What is known gets its bit in passing, and counts for no zero.
        loop {
            if at > last {
                return if length > 0 { Err(why::DAMAGED) } else { Ok(()) };
            }
            if *known >> at & 1 == 1 {
                bits.take(1)?;
            } else if zeros == 0 {
                break;
            } else {
                zeros -= 1;
            }
            at += 1;
        }
        *known |= u64::from(length > 0) << at;
        at += 1;
    }
    if *run > 0 {
        if part.refines {
            let rest = *known & (u64::MAX << at.min(63)) & (u64::MAX >> (63 - last));
            let rest = if at > last { 0 } else { rest.count_ones() };
            for _ in 0..rest {
                bits.take(1)?;
            }
        }
        *run -= 1;
    }
    Ok(())
}
