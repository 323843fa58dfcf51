"""First names whose pronouns the rule by ending gets wrong."""

_SHE = """
Abigail Agnes Aiko Aileen Aino Aisling Alice Alison Amal Amber Amy Ann Anne April Ashley Astrid
Audrey Autumn Aylin Beatriz Becky Berit Beth Betty Birgit Bridget Brigid Bronwyn Carmen Carol
Carolyn Carys Cerys Cheryl Chloe Claire Clio Courtney Dagny Daisy Dawn Deborah Diane Dolores
Doris Dorothy Eden Edith Eileen Eleanor Elif Elin Elizabeth Ellen Emily Erin Esme Esther Eve
Evelyn Faith Fern Fiona Frances Freya Gail Gillian Ginger Grace Gudrun Gwen Hannah Harriet Hazel
Heather Heidi Helen Holly Hope Hui Ibtisam Imani Imogen Ines Ingeborg Ingrid Iris Isabel Isobel
Ivy Jan Jane Janet Jasmin Jasmine Jean Jennifer Jenny Jess Jill Joan Jocelyn Joy Joyce Judith
Judy Julie June Juno Karen Kari Kate Katherine Kathleen Katie Kay Keiko Kelly Kerstin Kim
Kirsten Kirti Kristen Lakshmi Laurel Lauren Leah Lilith Lily Linda Ling Linh Liv Lois Louise
Lucy Lynn Mabel Madison Maeve Mai Margaret Margit Margot Marigold Marilyn Marion Marit Mary
Maryam Maud May Mayumi Meg Megan Mei Melissa Mercedes Meredith Meryem Mildred Miriam Molly
Morgan Muriel Myrtle Nancy Naoko Naomi Nasrin Nell Nerys Niamh Noor Nour Olive Opal Paige Pam
Parvati Patience Pearl Peggy Penny Phoebe Phyllis Pilar Polly Poppy Priti Rachel Ragnhild
Rebecca Reiko Rhiannon Robin Romy Rosalind Rose Rosemary Roxanne Ruby Ruth Sachiko Sahar Sally
Sandy Sarah Scarlett Sharon Shirin Shirley Sigrid Siobhan Solveig Sue Susan Suzu Tamar Tess Toni
Tove Trudy Violet Vivian Wendy Willow Winifred Xin Yasmin Yoko Yuki Yvonne Zeynep Zoe
"""
_HE = """
Aage Abe Aditya Age Akira Alexandre Alfie Ambrose Andre Andrea Antoine Archie Arne Arya Attila
Babatunde Barack Baraka Bela Bernie Bjarne Blake Boniface Borya Bruce Bryce Case Chandra Charlie
Chase Clarence Claude Clyde Cole Costa Dale Dane Daniele Danila Dante Dave Davide Deniz
Dominique Duane Duke Dwayne Eddie Elijah Elisha Emre Enrique Ernie Esa Etienne Ette Eugene Ezra
Felipe Femi Foma Frankie Freddie Gabriele Gale Garcia Gene George Giuseppe Guadalupe Guillaume
Gyula Hale Helge Horace Howie Ignace Ike Ilkka Ilya Isa Isaiah Issa Jae Jaime Jake Jamie
Jeremiah Jerome Jesse Joe Jonah Jorge Jose Joshua Josiah Jude Juha Jukka Juma Kanye Kenta Kobe
Kolya Krishna Kuzma Kwame Kyle Lamine Lance Lane Lawrence Louie Luca Luke Lyle Magne Maurice
Micah Michele Mika Mike Misha Moe Monte Musa Mustafa Nate Nehemiah Nicola Nikita Nikola Noah
Obadiah Ole Ollie Ousmane Ove Pascale Pekka Pete Philippe Pierce Pierre Rafe Raffaele Rama
Reggie Rene Rhode Richie Robbie Royce Rune Ryota Salvatore Samuele Sasha Sava Sekou Seneca Shane
Shiva Shota Simone Stephane Steve Sune Surya Sverre Terence Terje Theodore Toma Tore Tunde
Tyrone Uwe Vanya Vicente Vince Wade Wallace Wayne Willie Yahya Yonge Yuta Zachariah Zakaria Zane
Zeke
"""

SHE_DESPITE_ENDING = frozenset(_SHE.split())
HE_DESPITE_ENDING = frozenset(_HE.split())
