//! What a writer appends to the part in hand: paragraphs, the ends of sections, and what docx-rs builds, in the order of the schemas.

use super::body::Writer;
use super::order::append_in_order;
use super::paragraph::{self, Properties};
use docx_rs::xml::writer::EmitterConfig;
use docx_rs::{BuildXML, ParagraphChild};

impl Writer<'_> {
    /// A paragraph of `style` with `children` as XML.
    ///
    /// # Errors
    /// As [`Writer::main`].
    pub fn serialize(&mut self, style: &str, children: &[ParagraphChild]) -> Result<Vec<u8>, String> {
        let before = std::mem::take(&mut self.out);
        self.emit_paragraph(&Properties::of(style), children)?;
        Ok(std::mem::replace(&mut self.out, before))
    }

    /// Appends a paragraph to the part in hand.
    pub(super) fn emit_paragraph(
        &mut self,
        properties: &Properties<'_>,
        children: &[ParagraphChild],
    ) -> Result<(), String> {
        properties.open(&mut self.out);
        for child in children {
            self.emit(child)?;
        }
        paragraph::close(&mut self.out);
        Ok(())
    }

    /// Ends a section, or a frame, with an empty paragraph that takes next to no room.
    pub(super) fn end_section(&mut self, section: &str) {
        Properties { section, ..Properties::of("SectionEnd") }.open(&mut self.out);
        paragraph::close(&mut self.out);
    }

    /// Appends `element` to the part in hand.
    pub(super) fn emit(&mut self, element: &impl BuildXML) -> Result<(), String> {
        let config =
            EmitterConfig { write_document_declaration: false, perform_escaping: false, ..EmitterConfig::default() };
        let mut scratch = std::mem::take(&mut self.scratch);
        scratch.clear();
        let built = element.build_to(config.create_writer(scratch)).and_then(|writer| writer.into_inner());
        self.scratch = built.map_err(|e| format!("a paragraph could not be built: {e}"))?;
        append_in_order(&self.scratch, &mut self.out, &mut self.revision)
    }
}
